// duration writes milliseconds with as many digits as matter.
export function duration(ms) {
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export const megabytes = (bytes) => `${Math.round(bytes / 1024 / 1024)} MB`;

const pad = (n, digits = 2) => String(n).padStart(digits, '0');

export function clock(at, fraction = false) {
  const t = new Date(at);
  const seconds = `${pad(t.getHours())}:${pad(t.getMinutes())}:${pad(t.getSeconds())}`;
  return fraction ? `${seconds}.${pad(t.getMilliseconds(), 3)}` : seconds;
}

export const plural = (n, one, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

// percentile returns the least of sorted numbers that as many percent do not exceed.
export const percentile = (sorted, percent) => sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0;

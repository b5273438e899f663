import { call, part } from './api.js';
import { attempt } from './dialogs.js';
import { byID, el, fill, setText } from './dom.js';
import { store } from './store.js';
import { duration, percentile, plural } from './units.js';

const runs = new Set(); // what this page has sent and has not ended
let shown = null; // what was sent several times, until it is hidden
let open;

// The elements stay: what is pressed while requests end must not be replaced.
const button = (text, onclick) => el('button', { type: 'button', onclick }, text);
const words = el('p');
const progress = el('progress', { 'aria-label': 'Requests that have ended' });
const times = el('p', { class: 'soft' });
const toFailure = button('First failure', () => open(shown.failure));
const toSlowest = button('Slowest', () => open(shown.slowest.id));
const stop = button(
  'Stop',
  attempt(() => stopRun(shown)),
);
const hide = button('Hide', () => {
  shown = null;
  drawRun();
});

// startRuns prepares the progress of repeated requests. show(id) opens one of them.
export function startRuns(show) {
  open = show;
  const buttons = el('div', { class: 'row' }, toFailure, toSlowest, stop, hide);
  fill(byID('run'), el('div', { class: 'head' }, words, buttons), progress, times);
}

// stopRequest returns what stops a request with the rest of its run, or null if this page has not sent it.
export function stopRequest(id) {
  const found = [...runs].find(({ waiting }) => waiting.has(id));
  return found ? attempt(() => stopRun(found)) : null;
}

async function stopRun(run) {
  await call(`calls/${part(run.id)}`, { method: 'DELETE' });
  run.stopped = true;
  drawRun();
}

// begin shows the progress of a run of several requests, or hides that of the last one.
export function begin(started) {
  const { requests } = started;
  const run = {
    ...started,
    began: performance.now(),
    waiting: new Map(requests.map((id, index) => [id, index])),
    last: -1, // the index of the last request that has been seen
    counts: { succeeded: 0, failed: 0, throttled: 0, unseen: 0 },
    times: [],
  };
  runs.add(run);
  shown = requests.length > 1 ? run : null;
  drawRun();
}

const hasEnded = ({ stopped, waiting }) => Boolean(stopped) || waiting.size === 0;

// read counts the requests that have ended since. If there are very many, some are forgotten before they are seen:
// requests begin in order, so that they are known to have ended.
function read(run) {
  for (const [id, index] of run.waiting) {
    const entry = store.byID.get(id);
    if (entry) run.last = Math.max(run.last, index);
    if (!entry || entry.state === 'running') continue;
    run.waiting.delete(id);
    run.counts[entry.state]++;
    if (entry.state !== 'succeeded') run.failure ??= id;
    if (entry.state === 'throttled') continue;
    run.times.push(entry.duration);
    if (entry.duration > (run.slowest?.duration ?? -1)) run.slowest = entry;
  }
  const most = 100; // in parallel
  for (const [id, index] of run.waiting) {
    if (index >= run.last - most || store.byID.has(id)) continue;
    run.waiting.delete(id);
    run.counts.unseen++;
  }
}

// drawRun looks at all runs and shows how far the last one is.
export function drawRun() {
  for (const run of runs) {
    read(run);
    if (hasEnded(run)) runs.delete(run);
  }
  const run = shown;
  byID('run').hidden = !run;
  if (!run) return;
  read(run); // requests that were stopped end a little later
  const { counts } = run;
  const total = run.requests.length;
  const ended = total - run.waiting.size;
  const isOver = hasEnded(run);
  if (isOver) run.took ??= performance.now() - run.began;
  const parts = [
    `${ended.toLocaleString('en')} of ${plural(total, 'request')}`,
    counts.failed > 0 && `${counts.failed} failed`,
    counts.throttled > 0 && `${counts.throttled} throttled`,
    isOver && `took ${duration(run.took)}`,
  ];
  setText(words, parts.filter(Boolean).join(' · '));
  progress.max = total;
  progress.value = ended;
  toFailure.hidden = !store.byID.has(run.failure); // it may be forgotten
  toSlowest.hidden = !isOver || !store.byID.has(run.slowest?.id);
  stop.hidden = isOver;
  hide.hidden = !isOver;
  times.hidden = run.times.length === 0;
  const sorted = [...run.times].sort((a, b) => a - b);
  const fact = (name, percent) => [`${name} `, el('b', {}, duration(percentile(sorted, percent)))];
  fill(times, fact('p50', 50), ' · ', fact('p95', 95), ' · ', fact('max', 100));
}

import { call, part } from './api.js';
import { attempt } from './dialogs.js';
import { byID, el, fill } from './dom.js';
import { store } from './store.js';
import { duration, percentile, plural } from './units.js';

let run = null;
let open;

// startRuns prepares the progress of repeated requests. show(id) opens one of them.
export function startRuns(show) {
  open = show;
}

// begin shows the progress of a run of several requests, or hides that of the last one.
export function begin(started) {
  run = started.requests.length > 1 ? { ...started, began: performance.now() } : null;
  drawRun();
}

export function drawRun() {
  const place = byID('run');
  place.hidden = !run;
  if (!run) return;
  const known = run.requests.map((id) => store.byID.get(id)).filter(Boolean);
  const ended = known.filter((entry) => entry.state !== 'running');
  const count = (state) => ended.filter((entry) => entry.state === state).length;
  const times = ended
    .filter((entry) => entry.state !== 'throttled')
    .map((entry) => entry.duration)
    .sort((a, b) => a - b);
  const total = run.requests.length;
  const isOver = run.stopped || ended.length === total;
  if (isOver) run.took ??= performance.now() - run.began;
  const first = ended.find((entry) => entry.state !== 'succeeded');
  const slowest = ended.reduce((a, b) => (b.duration > (a?.duration ?? -1) ? b : a), null);
  const words = [
    `${ended.length.toLocaleString('en')} of ${plural(total, 'request')}`,
    count('failed') > 0 && `${count('failed')} failed`,
    count('throttled') > 0 && `${count('throttled')} throttled`,
    isOver && `took ${duration(run.took)}`,
  ]
    .filter(Boolean)
    .join(' · ');
  fill(
    place,
    el(
      'div',
      { class: 'head' },
      el('p', {}, words),
      el(
        'div',
        { class: 'row' },
        first && el('button', { type: 'button', onclick: () => open(first.id) }, 'First failure'),
        slowest && isOver && el('button', { type: 'button', onclick: () => open(slowest.id) }, 'Slowest'),
        isOver
          ? el(
              'button',
              {
                type: 'button',
                onclick: () => {
                  run = null;
                  drawRun();
                },
              },
              'Hide',
            )
          : el('button', { type: 'button', onclick: stop }, 'Stop'),
      ),
    ),
    el('progress', { max: total, value: ended.length, 'aria-label': 'Requests that have ended' }),
    times.length > 0 &&
      el(
        'p',
        { class: 'soft' },
        ['p50 ', 50, ' · p95 ', 95, ' · max ', 100].map((piece) =>
          typeof piece === 'number' ? el('b', {}, duration(percentile(times, piece))) : piece,
        ),
      ),
  );
}

const stop = attempt(async () => {
  const stopping = run;
  await call(`calls/${part(run.id)}`, { method: 'DELETE' });
  stopping.stopped = true;
  drawRun();
});

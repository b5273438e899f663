import { byID, el, fill } from './dom.js';
import { WindowedList } from './list.js';
import { store } from './store.js';
import { clock, duration, plural } from './units.js';

let list;
let filter = '';

// startRequests prepares the log of requests and builds. open(id) is called for the one that is chosen.
export function startRequests(open) {
  list = new WindowedList({
    element: byID('requests'),
    height: 46,
    key: (entry) => entry.id,
    render,
    open: (entry) => open(entry.id),
    empty: 'No requests yet. Those of curl, the AWS CLI and SDKs appear here, too.',
  });
  byID('requests-filter').addEventListener('input', (event) => {
    filter = event.target.value.trim().toLowerCase();
    drawRequests();
  });
}

export function drawRequests() {
  const matches = (entry) => filter === '' || words(entry).includes(filter);
  list.set(store.entries.filter(matches), { keep: true });
}

export const markRequest = (id) => list.select(id);

function words(entry) {
  if (entry.build) return `build ${entry.state}`;
  if (entry.process) return `process ${entry.process.function} ${entry.process.pid}`.toLowerCase();
  const { function: name, state, source, caller, status, text, cold } = entry;
  return [name, state, source, caller, status, text, cold && 'cold'].filter(Boolean).join(' ').toLowerCase();
}

// headline says in a few words what became of a build.
export function headline(entry) {
  const problems = entry.build.problems?.length ?? 0;
  if (entry.state === 'running') return 'Building';
  if (entry.state === 'succeeded') return 'Built';
  return problems > 0 ? `Build failed: ${plural(problems, 'problem')}` : 'Build failed';
}

function render(entry, row) {
  const isRunning = entry.state === 'running';
  const outcome = isRunning ? '…' : entry.state === 'throttled' ? '429' : duration(entry.duration);
  row.className = `entry ${entry.state}`;
  if (entry.build) {
    row.classList.add('of-build');
    fill(
      row,
      el('span', { class: 'first' }, el('b', {}, headline(entry)), el('span', { class: 'took' }, outcome)),
      el(
        'span',
        { class: 'second soft' },
        el('span', {}, clock(entry.at)),
        el('span', { class: 'excerpt' }, entry.build.problems?.[0]?.message ?? entry.build.changed?.join(', ') ?? ''),
      ),
    );
    return;
  }
  if (entry.process) {
    const { function: name, pid } = entry.process;
    row.classList.add('of-build');
    fill(
      row,
      el('span', { class: 'first' }, el('b', {}, `${name} runs in process ${pid}`)),
      el('span', { class: 'second soft' }, el('span', {}, clock(entry.at)), el('span', {}, `dlv attach ${pid}`)),
    );
    return;
  }
  fill(
    row,
    el(
      'span',
      { class: 'first' },
      el('b', {}, entry.function),
      el('span', { class: 'hidden' }, entry.state),
      entry.caller && el('span', { class: 'caller' }, entry.caller),
      entry.cold && el('span', { class: 'tag' }, 'cold'),
      entry.status && el('span', { class: `tag ${entry.status >= 400 ? 'bad' : ''}` }, String(entry.status)),
      el('span', { class: 'took' }, outcome),
    ),
    el(
      'span',
      { class: 'second soft' },
      el('span', {}, clock(entry.at)),
      el('span', {}, entry.source),
      el('span', { class: 'excerpt' }, entry.text ?? ''),
    ),
  );
}

import { byID, el, fill, setText } from './dom.js';
import { headline } from './requests.js';
import { lastBuild, store } from './store.js';
import { clock, duration } from './units.js';

// drawBuild shows the state of the last build in the title and the bar, and its problems above everything else.
export function drawBuild() {
  const entry = lastBuild();
  const state = entry?.state ?? '';
  const pill = byID('build');
  pill.className = `pill ${state}`;
  pill.hidden = !entry;
  if (entry) {
    const when = `, ${clock(entry.at)}`;
    const rest = { running: '…', succeeded: ` in ${duration(entry.duration)}${when}`, failed: when }[state];
    setText(pill, headline(entry) + rest);
  }
  const mark = { running: '… ', failed: '✗ ' }[state] ?? '';
  document.title = `${mark}${store.service || 'Console'}`;
  const problems = byID('problems');
  // While the next build runs, the problems of the last one stay.
  if (state === 'running') return;
  problems.hidden = state !== 'failed';
  if (problems.dataset.id === entry?.id) return;
  problems.dataset.id = entry?.id ?? '';
  fill(
    problems,
    state === 'failed'
      ? [
          el(
            'p',
            {},
            el('b', {}, headline(entry)),
            store.functions.length > 0 ? '. The last good build continues to serve.' : '.',
          ),
          problemList(entry.build),
        ]
      : [],
  );
}

// buildView shows a build of the log.
export function buildView(entry) {
  const { changed = [], problems = [] } = entry.build;
  return el(
    'div',
    { class: 'build-view' },
    el(
      'p',
      { class: 'facts-line' },
      el('span', { class: `chip ${entry.state}` }, headline(entry)),
      el('span', { class: 'soft' }, `${clock(entry.at)} · ${duration(entry.duration)}`),
    ),
    changed.length > 0 && [
      el('h3', {}, 'Changed'),
      el(
        'ul',
        { class: 'plain-list mono' },
        changed.map((file) => el('li', {}, file)),
      ),
    ],
    problems.length > 0 && [el('h3', {}, 'Problems'), problemList(entry.build)],
  );
}

const problemList = ({ problems = [] }) =>
  el(
    'ol',
    { class: 'problem-list' },
    problems.map((p, i) => {
      const next = problems[i + 1];
      return problem(p, next !== undefined && next.file === p.file && next.line === p.line);
    }),
  );

// problem shows a problem. The next one may be in the same line, which is shown once.
function problem(p, isRepeated) {
  const where = p.file ? [p.file, p.line, p.column].filter(Boolean).join(':') : '';
  return el(
    'li',
    {},
    el('p', {}, where && el('code', {}, where), where && ' ', el('span', { class: 'message' }, p.message)),
    !isRepeated && p.code?.length > 0 && codeLines(p.code, p.first ?? 1, p.line),
  );
}

// codeLines shows lines of a source file with their numbers. One of them is marked.
export function codeLines(lines, first, marked) {
  return el(
    'div',
    { class: 'code', tabindex: '0', role: 'group', 'aria-label': 'Source' },
    lines.map((line, i) =>
      el(
        'div',
        { class: first + i === marked ? 'line marked' : 'line' },
        el('span', { class: 'number' }, String(first + i)),
        first + i === marked && el('span', { class: 'hidden' }, 'this line: '),
        el('span', {}, line || ' '),
      ),
    ),
  );
}

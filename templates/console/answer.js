import { call, part } from './api.js';
import { buildView, codeLines } from './build.js';
import { attempt, show } from './dialogs.js';
import { byID, copy, el, fill, setText } from './dom.js';
import { format, isJSON, paint } from './json.js';
import { Log } from './log.js';
import { store } from './store.js';
import { clock, duration, megabytes, size } from './units.js';

// Longer texts are cut until somebody asks for the rest: layout would take seconds.
const mostShown = 200_000;

let openID = null; // of the request or build that is shown
let shown = null; // its details
let tab = null; // the one that was chosen last, by its name
let actions; // what main.js does with a request
let log;
let ticker;
let readings = 0; // how often a request has been read

const top = el('div', { class: 'answer-top' });

// startAnswer prepares the pane. The handlers are again(details) and edit(details).
export function startAnswer(handlers) {
  actions = handlers;
  log = new Log();
  fill(byID('answer'), top, log.element);
  log.element.hidden = true;
  draw();
}

export const openedID = () => openID;

// openAnswer shows a request or a build.
export function openAnswer(id) {
  openID = id;
  refresh();
}

// refresh reads the request anew, after it has changed.
export async function refresh() {
  const id = openID;
  const reading = ++readings; // an answer that arrives after that of a later reading is old
  const entry = store.byID.get(id);
  clearInterval(ticker);
  if (!entry) {
    // it has been sent, but has not begun yet
    shown = null;
    draw();
    return;
  }
  try {
    const details = entry.build || entry.process ? entry : await call(`requests/${part(id)}`);
    if (reading !== readings) return;
    shown = details;
  } catch (error) {
    if (reading !== readings) return;
    shown = { ...entry, error: error.message, event: '', payload: '', log: [] };
  }
  draw();
}

function draw() {
  const d = shown;
  fill(byID('answer-actions'));
  log.element.hidden = !d || Boolean(d.build || d.process);
  if (!d) {
    fill(
      top,
      el(
        'p',
        { class: 'empty soft' },
        openID
          ? 'Waiting for the request to begin…'
          : 'Send an event, or choose a request to see its answer, its log and how long it took.',
      ),
    );
    return;
  }
  setText(byID('answer-title'), d.build ? 'Build' : d.process ? 'Process' : 'Answer');
  if (d.build) {
    fill(top, buildView(d));
    return;
  }
  if (d.process) {
    const { function: name, pid } = d.process;
    fill(
      top,
      el('p', {}, `${name} was started in process ${pid}. To attach a debugger, type one of these in a terminal:`),
      el('pre', {}, `dlv attach ${pid}\ngdb -p ${pid}`),
    );
    return;
  }
  fill(
    byID('answer-actions'),
    el('button', { type: 'button', id: 'again', disabled: d.dropped, onclick: () => actions.again(d) }, 'Send again'),
    el('button', { type: 'button', id: 'edit', disabled: d.dropped, onclick: () => actions.edit(d) }, 'Edit event'),
  );
  const running = d.state === 'running';
  if (!running) setText(byID('verdict'), `${d.function} ${word(d)} in ${duration(d.duration)}`);
  fill(
    top,
    factsLine(d),
    running ? runningFor(d) : [timing(d), numbers(d)],
    d.dropped && el('p', { class: 'note' }, 'The event, the answer and the log of this request are no longer kept.'),
    d.error && el('p', { class: 'note bad' }, d.error),
    running || d.dropped ? null : tabs(d),
  );
  log.set(d.log, d.id);
}

const word = (d) =>
  ({ succeeded: 'succeeded', failed: 'failed', throttled: 'was throttled', running: 'is running' })[d.state];

function factsLine(d) {
  const id = el(
    'button',
    {
      type: 'button',
      class: 'quiet mono',
      title: d.id,
      'aria-label': `Copy the request ID ${d.id}`,
      onclick: () => copy(d.id, id),
    },
    d.id.slice(0, 8),
  );
  return el(
    'p',
    { class: 'facts-line' },
    el('span', { class: `chip ${d.state}` }, d.state),
    el('b', {}, d.function),
    el('span', { class: 'soft' }, `${clock(d.at)} · ${d.source}${d.caller ? ` · ${d.caller}` : ''}`),
    id,
  );
}

function runningFor(d) {
  const text = el('span', { class: 'soft' });
  const stop = actions.stop(d.id);
  const tick = () => {
    text.textContent = `Running for ${duration(Math.max(0, Date.now() - d.at))}`;
  };
  tick();
  ticker = setInterval(tick, 100);
  return el('p', { class: 'facts-line' }, text, stop && el('button', { type: 'button', onclick: stop }, 'Stop'));
}

// timing shows where the time went.
function timing(d) {
  const parts = [
    ['init', d.init ?? 0, 'Init'],
    ['transport', d.transport ?? 0, 'Transport'],
    ['handler', d.duration, 'Handler'],
  ].filter(([, ms]) => ms > 0);
  if (parts.length === 0) return null;
  const bar = el('div', { class: 'timing', 'aria-hidden': 'true' });
  for (const [kind, ms] of parts) {
    const piece = el('span', { class: kind });
    piece.style.flexGrow = ms;
    bar.append(piece);
  }
  return [
    bar,
    el(
      'ul',
      { class: 'legend' },
      parts.map(([kind, ms, name]) =>
        el('li', {}, el('span', { class: `swatch ${kind}` }), `${name} `, el('b', {}, duration(ms))),
      ),
    ),
  ];
}

function numbers(d) {
  const facts = [];
  if (d.billed) facts.push(['Billed', duration(d.billed)]);
  if (d.maxMemory)
    facts.push(['Memory', d.memory ? `${megabytes(d.maxMemory)} of ${megabytes(d.memory)}` : megabytes(d.maxMemory)]);
  if (d.state !== 'throttled') facts.push(['Start', d.cold ? 'cold' : 'warm']);
  facts.push(['Answer', size(d.size ?? 0)]);
  return el(
    'dl',
    { class: 'numbers' },
    facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  );
}

// tabs shows the answer in one of several ways.
function tabs(d) {
  const ways = [];
  if (d.failure) ways.push(['Error', () => failure(d)]);
  if (d.http) ways.push(['Preview', () => preview(d)]);
  if (!d.failure && d.payload !== '') ways.push(['Pretty', () => pretty(d.payload)]);
  if (d.payload !== '') ways.push(['Raw', () => text(d.payload)]);
  ways.push(['Sent event', () => pretty(d.event)]);
  const panel = el('div', { role: 'tabpanel', id: 'answer-panel', tabindex: '0', class: 'panel' });
  const list = el('div', { role: 'tablist', 'aria-label': 'Ways to show the answer' });
  const choose = (index, isChosen) => {
    if (isChosen) tab = ways[index][0];
    [...list.querySelectorAll('[role=tab]')].forEach((button, i) => {
      button.setAttribute('aria-selected', i === index);
      button.tabIndex = i === index ? 0 : -1;
      if (i === index && isChosen) button.focus();
      if (i === index) panel.setAttribute('aria-labelledby', button.id);
    });
    fill(panel, ways[index][1]());
  };
  ways.forEach(([name], i) =>
    list.append(
      el(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `tab-${i}`,
          'aria-controls': 'answer-panel',
          onclick: () => choose(i, true),
          onkeydown: (event) => {
            const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
            if (!step) return;
            event.preventDefault();
            choose((i + step + ways.length) % ways.length, true);
          },
        },
        name,
      ),
    ),
  );
  const copier = el('button', { type: 'button', class: 'quiet', onclick: () => copy(d.payload, copier) }, 'Copy');
  choose(
    Math.max(
      0,
      ways.findIndex(([name]) => name === tab),
    ),
    false,
  );
  return el('div', { class: 'ways' }, el('div', { class: 'head' }, list, d.payload !== '' && copier), panel);
}

const pretty = (json) => text(format(json), true);

// text shows a text, at first only the beginning of a long one.
function text(whole, isColoured = false) {
  const shown = whole.length > mostShown ? whole.slice(0, mostShown) : whole;
  const pre = el('pre', { class: 'text' }, isColoured && isJSON(whole) ? paint(shown) : shown);
  if (shown === whole) return pre;
  const rest = el(
    'button',
    {
      type: 'button',
      onclick: () => {
        pre.textContent = whole;
        rest.remove();
      },
    },
    `Show all ${size(whole.length)}`,
  );
  return [pre, rest];
}

function failure(d) {
  const { type, message, frames = [] } = d.failure;
  return el(
    'div',
    { class: 'failure' },
    el('h3', {}, type || 'Error'),
    el('p', { class: 'message' }, message),
    frames.length > 0 &&
      el(
        'ol',
        { class: 'frames', 'aria-label': 'Stack trace' },
        frames.map((frame) => el('li', {}, frameLine(frame))),
      ),
  );
}

function frameLine(frame) {
  const where = frame.file ? `${frame.source ?? frame.file}:${frame.line}` : '';
  const words = [el('span', { class: 'label' }, frame.label), where && el('span', { class: 'where' }, where)];
  if (!frame.source) return el('span', { class: 'frame soft' }, words);
  return el('button', { type: 'button', class: 'frame', onclick: () => openSource(frame) }, words);
}

// openSource shows the lines around a frame.
const openSource = attempt(async (frame) => {
  const { name, text: content } = await call(`source?file=${part(frame.file)}`);
  const lines = content.split('\n');
  const around = 25;
  const view = (first, last) => codeLines(lines.slice(first - 1, last), first, frame.line);
  const first = Math.max(1, frame.line - around);
  const body = el('div', {}, view(first, frame.line + around));
  const all = el(
    'button',
    { type: 'button', onclick: () => reveal(fill(body, view(1, lines.length))) },
    'Show the whole file',
  );
  reveal(show(`${name}:${frame.line}`, [body, all], { wide: true }));
});

const reveal = (element) => element.querySelector('.marked')?.scrollIntoView({ block: 'center' });

// preview shows an answer as its caller would see it.
function preview(d) {
  const { status, headers = [], type, size: bytes, problem } = d.http;
  return [
    el(
      'p',
      { class: 'facts-line' },
      el('span', { class: `chip ${status >= 400 ? 'failed' : 'succeeded'}` }, String(status)),
      el('span', { class: 'soft' }, `${type || 'no type'} · ${size(bytes)}`),
    ),
    problem && el('p', { class: 'note bad' }, problem),
    bodyOf(d),
    headers.length > 0 &&
      el(
        'details',
        {},
        el('summary', {}, `Headers (${headers.length})`),
        el(
          'dl',
          { class: 'headers' },
          headers.map(({ name, value }) => [el('dt', {}, name), el('dd', {}, value)]),
        ),
      ),
  ];
}

function bodyOf(d) {
  const { type, size: bytes, text: body } = d.http;
  const address = `/console/api/requests/${part(d.id)}/body`;
  if (bytes === 0) return el('p', { class: 'soft' }, 'The body is empty.');
  // The frame's document has no scripts, and an origin of its own.
  if (type === 'text/html') return el('iframe', { sandbox: '', src: address, title: 'Preview of the answer' });
  if (type.startsWith('image/')) return el('img', { src: address, alt: 'The answer’s body' });
  if (body === undefined) return el('p', { class: 'soft' }, 'The body is not text.');
  return isJSON(body) ? pretty(body) : text(body);
}

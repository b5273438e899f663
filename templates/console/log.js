import { copy, el, fill } from './dom.js';
import { format, paint } from './json.js';
import { WindowedList } from './list.js';
import { clock, plural } from './units.js';

const levels = ['trace', 'debug', 'info', 'warn', 'error'];
const names = { warning: 'warn', fatal: 'error', panic: 'error', critical: 'error', err: 'error', notice: 'info' };
const textLevel = /^(?:\S+ ){0,3}?\W?(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|PANIC|CRITICAL)\b|\blevel=(\w+)/i;
const times = ['time', 'timestamp', 'ts', '@timestamp'];
const messages = ['msg', 'message'];
// Numbers that JSON.parse would change: those with many digits, or with an exponent.
const long = /\d{16}|\d[eE]/;

// exact keeps the digits of numbers, in browsers that can do so.
const exact = (_, value, { source } = {}) =>
  typeof value === 'number' && source !== undefined && JSON.rawJSON ? JSON.rawJSON(source) : value;

// Log shows the log of one invocation.
export class Log {
  constructor() {
    this.lines = [];
    this.filter = el('input', {
      type: 'search',
      placeholder: 'Filter',
      'aria-label': 'Filter the log',
      autocomplete: 'off',
      id: 'log-filter',
      oninput: () => this.draw(),
    });
    this.level = el(
      'select',
      { 'aria-label': 'Least level', onchange: () => this.draw() },
      el('option', { value: '' }, 'All levels'),
      levels.slice(1).map((level) => el('option', { value: level }, level === 'error' ? 'Errors' : `From ${level}`)),
    );
    this.count = el('span', { class: 'soft', role: 'status' });
    const copier = el(
      'button',
      {
        type: 'button',
        onclick: () =>
          copy(
            this.visible()
              .map((line) => line.text)
              .join('\n'),
            copier,
          ),
      },
      'Copy',
    );
    this.title = el('h3', { id: 'log-title' }, 'Log');
    this.rows = el('div', { class: 'windowed', 'aria-labelledby': 'log-title' });
    this.whole = el('pre', { class: 'text whole', tabindex: '0', 'aria-label': 'The whole line', hidden: true });
    this.element = el(
      'section',
      { class: 'log', 'aria-labelledby': 'log-title' },
      el(
        'div',
        { class: 'head' },
        this.title,
        el('div', { class: 'row' }, this.count, this.level, this.filter, copier),
      ),
      el('div', { class: 'rows' }, this.rows),
      this.whole,
    );
    this.list = new WindowedList({
      element: this.rows,
      height: 20,
      key: (line) => line.index,
      render,
      open: (line) => this.show(line),
      empty: 'Nothing was logged.',
    });
  }

  // set shows other lines. The filter stays.
  set(lines, id) {
    if (id !== this.id) {
      this.id = id;
      this.rows.scrollTop = 0;
      this.show(null);
    }
    this.lines = lines.map(read);
    this.draw();
  }

  visible() {
    const text = this.filter.value.trim().toLowerCase();
    const least = levels.indexOf(this.level.value);
    return this.lines.filter(
      (line) =>
        (text === '' || line.text.toLowerCase().includes(text)) && levels.indexOf(line.level || 'info') >= least,
    );
  }

  draw() {
    const visible = this.visible();
    this.count.textContent =
      visible.length === this.lines.length
        ? plural(visible.length, 'line')
        : `${visible.length.toLocaleString('en')} of ${plural(this.lines.length, 'line')}`;
    this.list.note.textContent = this.lines.length > 0 ? 'No line matches.' : 'Nothing was logged.';
    this.list.set(visible);
  }

  // show shows a line in full, or hides it again.
  show(line) {
    const isShown = line !== null && this.whole.dataset.index !== String(line.index);
    this.whole.hidden = !isShown;
    this.whole.dataset.index = isShown ? line.index : '';
    if (isShown) fill(this.whole, line.isJSON ? paint(format(line.text)) : line.text);
  }
}

// read finds out what a line says.
function read({ at, text }, index) {
  const line = { index, at, text, level: '', message: text, fields: [], isJSON: false };
  if (text.startsWith('{') && text.endsWith('}')) {
    try {
      const { level, ...fields } = JSON.parse(text, long.test(text) ? exact : undefined);
      line.isJSON = true;
      const name = messages.find((key) => typeof fields[key] === 'string');
      if (name) line.message = fields[name];
      else line.message = '';
      for (const key of [...times, name]) delete fields[key];
      line.fields = Object.entries(fields).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]);
      line.level = known(level);
      return line;
    } catch {
      // It only looks like JSON.
    }
  }
  const match = textLevel.exec(text.slice(0, 200));
  line.level = known(match?.[1] ?? match?.[2]);
  return line;
}

function known(level) {
  const name = String(level ?? '').toLowerCase();
  const found = names[name] ?? name;
  return levels.includes(found) ? found : '';
}

function render(line, row) {
  row.className = `log-line ${line.level}`;
  row.replaceChildren(
    el('span', { class: 'time' }, clock(line.at, true)),
    el('span', { class: 'level' }, line.level),
    el(
      'span',
      { class: 'message' },
      line.message,
      line.fields.map(([key, value]) => [' ', el('span', { class: 'key' }, `${key}=`), value]),
    ),
  );
}

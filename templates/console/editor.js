import { place, scan } from './json.js';

// The height of a line is that of the style sheet.
const lineHeight = 20;
// Longer texts are not coloured, so that typing stays fluent.
const mostColoured = 500_000;

// Editor is a textarea over a coloured copy of its visible lines.
export class Editor {
  // options: root (with .paper and textarea), change()
  constructor({ root, change }) {
    this.root = root;
    this.area = root.querySelector('textarea');
    this.numbers = root.querySelector('.line-numbers');
    this.paint = root.querySelector('.paint');
    this.change = change;
    this.problem = null;
    this.area.addEventListener('input', () => {
      clearTimeout(this.later);
      if (this.text.length <= mostColoured) this.read(true);
      else this.later = setTimeout(() => this.read(true), 300);
    });
    this.area.addEventListener('scroll', () => this.draw(), { passive: true });
    this.area.addEventListener('keydown', (event) => this.indent(event));
    new ResizeObserver(() => this.draw()).observe(this.area);
    this.read(false);
  }

  get text() {
    return this.area.value;
  }

  // set replaces the text. The browser can undo that.
  set(text) {
    if (text === this.text) return;
    this.area.focus({ preventScroll: true });
    this.area.select();
    const isUndoable = text.length < 100_000 && text !== '' && document.execCommand('insertText', false, text);
    if (!isUndoable) this.area.value = text;
    this.area.setSelectionRange(0, 0);
    this.area.scrollTo(0, 0);
    this.read(true);
  }

  // replace replaces the text without a trace, for another function.
  replace(text) {
    this.area.value = text;
    this.area.scrollTo(0, 0);
    this.read(false);
  }

  // read looks at the text anew.
  read(isChange) {
    const text = this.text;
    this.tokens = [];
    this.lines = [0];
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.lines.push(i + 1);
    const isColoured = text.length <= mostColoured;
    this.problem = scan(text, (kind, part, offset) => {
      if (isColoured && kind !== 'space' && kind !== 'mark')
        this.tokens.push({ kind, offset, end: offset + part.length });
    });
    if (this.problem) Object.assign(this.problem, place(text, this.problem.offset));
    this.root.classList.toggle('plain', !isColoured);
    this.draw();
    if (isChange) this.change();
  }

  // draw colours the visible lines.
  draw() {
    const { scrollTop, scrollLeft, clientHeight } = this.area;
    const first = Math.max(0, Math.floor(scrollTop / lineHeight));
    const last = Math.min(this.lines.length, first + Math.ceil(clientHeight / lineHeight) + 1);
    const numbers = [];
    for (let i = first; i < last; i++) {
      const number = document.createElement('div');
      number.textContent = i + 1;
      if (this.problem && this.problem.line === i + 1) number.className = 'bad';
      numbers.push(number);
    }
    this.numbers.replaceChildren(...numbers);
    const top = first * lineHeight - scrollTop;
    this.numbers.style.transform = `translateY(${top}px)`;
    this.paint.style.transform = `translate(${-scrollLeft}px, ${top}px)`;
    const start = this.lines[first] ?? 0;
    const end = last < this.lines.length ? this.lines[last] : this.text.length;
    this.paint.replaceChildren(this.root.classList.contains('plain') ? '' : this.coloured(start, end));
  }

  coloured(start, end) {
    const nodes = document.createDocumentFragment();
    const text = this.text;
    let at = start;
    const add = (kind, from, to) => {
      if (from > at) nodes.append(text.slice(at, from));
      const span = document.createElement('span');
      span.className = kind;
      span.textContent = text.slice(from, to);
      nodes.append(span);
      at = to;
    };
    let low = 0;
    for (let high = this.tokens.length; low < high;) {
      const middle = (low + high) >> 1;
      if (this.tokens[middle].end <= start) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < this.tokens.length && this.tokens[i].offset < end; i++) {
      const token = this.tokens[i];
      add(`json-${token.kind}`, Math.max(token.offset, start), Math.min(token.end, end));
    }
    const bad = this.problem?.offset;
    if (bad >= at && bad < end && text[bad] !== '\n') add('wrong', bad, bad + 1);
    nodes.append(text.slice(at, end));
    return nodes;
  }

  // goTo puts the cursor at an offset.
  goTo(offset) {
    this.area.focus();
    this.area.setSelectionRange(offset, Math.min(offset + 1, this.text.length));
    const { line } = place(this.text, offset);
    const top = (line - 1) * lineHeight;
    if (top < this.area.scrollTop || top > this.area.scrollTop + this.area.clientHeight - lineHeight) {
      this.area.scrollTop = top - this.area.clientHeight / 2;
    }
  }

  // indent has a new line begin where the last one does, and two columns further after { and [.
  indent(event) {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { selectionStart, selectionEnd, value } = this.area;
    const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
    const before = /^\s*/.exec(line)[0];
    const isOpen = /[{[]\s*$/.test(line);
    const closes = isOpen && /^\s*[}\]]/.test(value.slice(selectionEnd));
    const inserted = `\n${before}${isOpen ? '  ' : ''}`;
    const rest = closes ? `\n${before}` : '';
    if (!document.execCommand('insertText', false, inserted + rest)) return;
    const cursor = selectionStart + inserted.length;
    this.area.setSelectionRange(cursor, cursor);
    event.preventDefault();
  }
}

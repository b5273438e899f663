// WindowedList shows a long list of which only the visible rows are in the document. All rows have the same height.
// It is a listbox: arrow keys, Home, End, Page Up and Page Down select a row, Enter and a click open it.

let lists = 0;

export class WindowedList {
  // options: element, height (of a row in pixels), render(item, row), key(item), open(item), empty (a text)
  constructor(options) {
    Object.assign(this, options);
    this.prefix = `list${++lists}`;
    this.items = [];
    this.selected = null; // the key of the selected item
    this.first = this.last = -1;
    this.sizer = document.createElement('div');
    this.sizer.className = 'sizer';
    this.sizer.setAttribute('role', 'presentation');
    this.note = document.createElement('p');
    this.note.className = 'empty soft';
    this.note.textContent = this.empty;
    this.element.setAttribute('role', 'listbox');
    this.element.tabIndex = 0;
    this.element.append(this.sizer);
    this.element.after(this.note);
    this.element.addEventListener('scroll', () => this.draw(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.press(event));
    this.sizer.addEventListener('click', (event) => {
      // By its place: the row may have been replaced while it was pressed.
      const top = this.sizer.getBoundingClientRect().top;
      this.choose(Math.floor((event.clientY - top) / this.height), true);
    });
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  // set replaces the items. If the list is not at its top, what is visible stays where it is.
  set(items, { keep = false } = {}) {
    let shift = 0;
    if (keep && this.element.scrollTop > this.height && this.items.length > 0) {
      const top = Math.floor(this.element.scrollTop / this.height);
      const key = this.key(this.items[Math.min(top, this.items.length - 1)]);
      const now = items.findIndex((item) => this.key(item) === key);
      if (now >= 0) shift = (now - top) * this.height;
    }
    this.items = items;
    this.note.hidden = items.length > 0;
    this.element.hidden = items.length === 0;
    this.sizer.style.height = `${items.length * this.height}px`;
    this.element.style.setProperty('--content', `${items.length * this.height}px`); // for the style sheet
    if (shift !== 0) this.element.scrollTop += shift;
    this.first = this.last = -1;
    this.draw();
  }

  // draw puts the visible rows into the document, and a few around them.
  draw() {
    const around = 8;
    const visible = Math.ceil(this.element.clientHeight / this.height);
    const top = Math.floor(this.element.scrollTop / this.height);
    const first = Math.max(0, top - around);
    const last = Math.min(this.items.length, top + visible + around);
    if (first === this.first && last === this.last) return;
    this.first = first;
    this.last = last;
    const rows = [];
    for (let i = first; i < last; i++) rows.push(this.row(i));
    this.sizer.replaceChildren(...rows);
    this.mark();
  }

  row(index) {
    const row = document.createElement('div');
    row.id = `${this.prefix}-${index}`;
    row.setAttribute('role', 'option');
    row.setAttribute('aria-posinset', index + 1);
    row.setAttribute('aria-setsize', this.items.length);
    row.dataset.index = index;
    row.style.transform = `translateY(${index * this.height}px)`;
    row.style.height = `${this.height}px`;
    this.render(this.items[index], row);
    return row;
  }

  // mark shows which row is selected.
  mark() {
    let active = null;
    for (const row of this.sizer.children) {
      const isSelected = this.key(this.items[row.dataset.index]) === this.selected;
      row.setAttribute('aria-selected', isSelected);
      if (isSelected) active = row.id;
    }
    if (active) this.element.setAttribute('aria-activedescendant', active);
    else this.element.removeAttribute('aria-activedescendant');
  }

  select(key) {
    this.selected = key;
    this.mark();
  }

  choose(index, isOpened) {
    const item = this.items[Math.min(Math.max(index, 0), this.items.length - 1)];
    if (item === undefined) return;
    const top = this.items.indexOf(item) * this.height;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    if (top + this.height > scrollTop + clientHeight) this.element.scrollTop = top + this.height - clientHeight;
    this.draw();
    this.select(this.key(item));
    if (isOpened) this.open(item);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const now = this.items.findIndex((item) => this.key(item) === this.selected);
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.height) - 1);
    const target = {
      ArrowDown: now + 1,
      ArrowUp: now < 0 ? 0 : now - 1,
      Home: 0,
      End: this.items.length - 1,
      PageDown: now + page,
      PageUp: now - page,
    }[event.key];
    if (target !== undefined) this.choose(target, false);
    else if (event.key === 'Enter' || event.key === ' ') this.choose(now, true);
    else return;
    event.preventDefault();
  }
}

import { byID, el, fill, setText } from './dom.js';

const dialog = byID('dialog');
byID('dialog-close').addEventListener('click', () => dialog.close());
dialog.addEventListener('click', (event) => {
  if (event.target === dialog) dialog.close(); // beside it
});

// show opens the dialog with a title and a content. It returns its content's element. Another content replaces it.
export function show(title, content, { wide = false } = {}) {
  setText(byID('dialog-title'), title);
  fill(byID('dialog-body'), content);
  dialog.classList.toggle('wide', wide);
  if (!dialog.open) dialog.showModal();
  byID('dialog-body').querySelector('[autofocus]')?.focus();
  return byID('dialog-body');
}

export const close = () => dialog.close();

export const isOpen = () => dialog.open;

// complain shows why something did not work.
export function complain(error) {
  show('That did not work', el('p', {}, error.message));
}

// attempt calls an asynchronous function and shows its error.
export const attempt =
  (action) =>
  (...args) =>
    action(...args).catch(complain);

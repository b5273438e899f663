import { isOpen, show } from './dialogs.js';
import { el, isTyping } from './dom.js';

const bindings = new Map(); // a key to what it does
const isMac = navigator.platform.startsWith('Mac');

// Keys without Ctrl can be switched off, because they disturb those who dictate.
const single = () => localStorage.getItem('keys') !== 'off';

// bind has a key call a function. Keys are those of KeyboardEvent, mod+Enter means Ctrl or, on macOS, Command.
export function bind(key, explanation, action) {
  bindings.set(key, { explanation, action });
}

export function startKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.isComposing) return;
    const isMod = event.ctrlKey || event.metaKey;
    const binding = bindings.get(isMod ? `mod+${event.key}` : event.key);
    if (!binding) return;
    if (!isMod && (isTyping(event.target) || !single())) return;
    if (isOpen()) return;
    event.preventDefault();
    binding.action();
  });
}

export function help() {
  const name = (key) => key.replace('mod+', isMac ? '⌘ ' : 'Ctrl ').replace('Enter', '↵');
  show('Keys', [
    el(
      'dl',
      { class: 'keys' },
      [...bindings].map(([key, { explanation }]) => [
        el('dt', {}, el('kbd', {}, name(key))),
        el('dd', {}, explanation),
      ]),
      el('dt', {}, el('kbd', {}, '↑'), ' ', el('kbd', {}, '↓')),
      el('dd', {}, 'choose a row of a list; ↵ opens it'),
      el('dt', {}, el('kbd', {}, 'Esc')),
      el('dd', {}, 'close what is in front, or leave the editor'),
    ),
    el(
      'label',
      { class: 'check' },
      el('input', {
        type: 'checkbox',
        checked: single(),
        onchange: (event) => localStorage.setItem('keys', event.target.checked ? 'on' : 'off'),
      }),
      ' Keys without Ctrl work',
    ),
  ]);
}

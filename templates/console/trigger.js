import { call, part } from './api.js';
import { el } from './dom.js';
import { store } from './store.js';

// triggerForm asks for the message or the file that becomes an event of a source. use(text) is called with that event.
// It returns null if the source has only a sample.
export function triggerForm(sample, target, use) {
  const kind = store.inputs[sample];
  if (!kind) return null;
  const send = (event) => {
    event.preventDefault();
    const file = kind === 'file' ? input.files[0] : null;
    use(file ? eventOfFile(sample, target, file) : made(sample, target, '', input?.value ?? ''));
  };
  const label = kind === 'file' ? `File for ${sample}` : `Message for ${sample}`;
  const input =
    kind === 'time'
      ? null
      : el('input', {
          type: kind === 'file' ? 'file' : 'text',
          'aria-label': label,
          placeholder: 'Message',
          required: true,
          autocomplete: 'off',
        });
  const button = el('button', { type: 'submit' }, kind === 'time' ? 'Fire now' : 'Make event');
  return el('form', { class: 'trigger', onsubmit: send }, input, button);
}

// eventOfFile returns the event of a file that is put into a bucket.
export const eventOfFile = (sample, target, file) => made(sample, target, file.name, file);

async function made(sample, target, key, body) {
  const path = `samples/${part(sample)}?function=${part(target)}&key=${part(key)}`;
  return (await call(path, { method: 'POST', body })).text;
}

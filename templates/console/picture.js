import { attempt, close, isOpen, show } from './dialogs.js';
import { el } from './dom.js';
import { functionNamed, store } from './store.js';

let drawn = null; // what the dialog shows: its region and the version of the picture

// showPicture shows what the service consists of. A link calls actions.choose(name) for its function, then, if it is
// about a source or a route, actions.sample(name) or actions.route(route).
export async function showPicture(actions) {
  const region = el('div', { class: 'picture', tabindex: '0', role: 'region', 'aria-label': 'Picture' });
  region.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!link) return;
    event.preventDefault();
    lead(link.dataset, actions);
  });
  const version = store.picture;
  region.append(await picture());
  drawn = { region, version };
  const hint = 'Open a function, a route with a request to it, or a source with a sample of its events.';
  const open = region.querySelector('.link.open') ? ' Dashed lines: anybody may invoke the function.' : '';
  show(`Picture of ${store.service}`, [el('p', { class: 'soft' }, hint + open), region], { wide: true });
}

// refreshPicture draws the picture again if it is shown and the service has changed.
export const refreshPicture = attempt(async () => {
  if (!drawn?.region.isConnected || !isOpen() || drawn.version === store.picture) return;
  drawn.version = store.picture;
  if (!store.picture) {
    close();
    return;
  }
  const now = drawn;
  const next = await picture();
  const at = now.region.querySelector('a:focus')?.getAttribute('href');
  now.region.replaceChildren(next);
  if (at) (now.region.querySelector(`a[href="${CSS.escape(at)}"]`) ?? now.region).focus();
});

function lead({ function: name, sample, request, site }, actions) {
  if (site !== undefined) {
    const address = store.addresses.find((one) => one.name.split(' ')[0] === 'site');
    if (address) window.open(address.url, '_blank', 'noreferrer');
    return;
  }
  if (!functionNamed(name)) return;
  close();
  actions.choose(name);
  if (request) actions.route(request);
  else if (sample) actions.sample(sample);
}

async function picture() {
  const response = await fetch('/console/api/picture');
  const text = await response.text();
  if (!response.ok) throw new Error(text.trim());
  const svg = new DOMParser().parseFromString(text, 'text/html').querySelector('svg');
  if (!svg) throw new Error('the service has no picture');
  const copy = document.importNode(svg, true);
  copy.style.minWidth = `${svg.dataset.leastWidth}px`;
  return copy;
}

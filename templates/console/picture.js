import { close, show } from './dialogs.js';
import { el } from './dom.js';
import { store } from './store.js';

// showPicture shows the picture of the page that describes the service. A click on a function chooses it.
export async function showPicture(choose) {
  const response = await fetch('/console/api/picture');
  if (!response.ok) throw new Error((await response.text()).trim());
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const found = page.querySelector('svg[role=group]');
  if (!found) throw new Error('the service’s page has no picture');
  const svg = document.importNode(found, true);
  svg.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!link) return;
    event.preventDefault();
    const name = (link.getAttribute('href') ?? '').replace(/^#function-/, '');
    if (!store.functions.some((f) => f.name === name)) return;
    close();
    choose(name);
  });
  show(
    `Picture of ${store.service}`,
    el('div', { class: 'picture', tabindex: '0', role: 'region', 'aria-label': 'Picture' }, svg),
    { wide: true },
  );
}

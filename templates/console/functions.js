import { byID, el, fill } from './dom.js';
import { store } from './store.js';
import { duration, megabytes, plural } from './units.js';

const words = { cold: 'cold', warm: 'warm', busy: 'running', building: 'building', failed: 'failed' };

// How many of a function's last requests its card shows.
const shown = 20;

// startFunctions prepares the list. choose(name) is called for the function that is pressed.
export function startFunctions(choose) {
  byID('functions').addEventListener('click', (event) => {
    const card = event.target.closest('button');
    if (card) choose(card.dataset.name);
  });
}

// drawFunctions shows the functions. Cards stay, so that a press hits the one that is meant.
export function drawFunctions(selected) {
  const list = byID('functions');
  const names = store.functions.map((f) => f.name).join('\n');
  if (store.functions.length === 0) {
    list.dataset.names = '';
    fill(list, el('li', { class: 'soft' }, 'They appear after the first build.'));
    return;
  }
  if (list.dataset.names !== names) {
    list.dataset.names = names;
    const card = (f) => el('button', { type: 'button', class: 'function', 'data-name': f.name });
    fill(
      list,
      store.functions.map((f) => el('li', {}, card(f))),
    );
  }
  [...list.querySelectorAll('button')].forEach((card, i) => {
    const f = store.functions[i];
    const last = store.entries.filter((entry) => entry.function === f.name).slice(0, shown);
    const now = JSON.stringify([f, last.map((entry) => [entry.id, entry.state])]);
    if (f.name === selected) card.setAttribute('aria-current', 'true');
    else card.removeAttribute('aria-current');
    if (card.drawn === now) return;
    card.drawn = now;
    fill(card, content(f, last));
  });
}

// content is what a card shows.
function content(f, last) {
  const facts = [];
  if (f.requests > 0) {
    facts.push(['p50', duration(f.p50)], ['p95', duration(f.p95)], ['max', duration(f.max)]);
  }
  const counts = [
    f.requests > 0 && plural(f.requests, 'request'),
    f.cold > 0 && `${f.cold} cold`,
    f.failures > 0 && `${f.failures} failed`,
    f.throttled > 0 && `${f.throttled} throttled`,
    f.maxMemory > 0 && megabytes(f.maxMemory),
  ].filter(Boolean);
  const limits = [f.language, `${f.memorySize} MB`, `${f.timeout} s`].filter(Boolean).join(' · ');
  return [
    el(
      'span',
      { class: 'name' },
      f.name,
      el('span', { class: `state ${f.state}` }, words[f.state] ?? f.state, f.busy > 1 ? ` ×${f.busy}` : ''),
    ),
    el(
      'span',
      { class: 'counts soft' },
      f.requests > 0 ? counts.join(' · ') : limits,
      last.length > 0 && bars(last, f.max),
    ),
    f.problem && el('span', { class: 'bad' }, f.problem),
    facts.length > 0 &&
      el(
        'span',
        { class: 'facts' },
        facts.map(([name, value]) => el('span', {}, `${name} `, el('b', {}, value))),
      ),
  ];
}

// bars show the outcomes of the last requests and how long they took. The latest is on the right.
function bars(last, longest) {
  const failed = last.filter((entry) => entry.state === 'failed' || entry.state === 'throttled').length;
  const label = failed > 0 ? `, ${failed} of the last ${last.length} did not succeed` : '';
  const picture = el('span', { class: 'bars', 'aria-hidden': 'true' });
  for (const entry of [...last].reverse()) {
    const bar = el('span', { class: entry.state });
    const share = longest > 0 ? Math.min(1, entry.duration / longest) : 0;
    bar.style.height = `${3 + 11 * share}px`;
    picture.append(bar);
  }
  return [el('span', { class: 'hidden' }, label), picture];
}

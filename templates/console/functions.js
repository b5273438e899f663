import { byID, el, fill } from './dom.js';
import { store } from './store.js';
import { duration, megabytes, plural } from './units.js';

const words = { cold: 'cold', warm: 'warm', busy: 'running', building: 'building', failed: 'failed' };

let drawn = '';

// drawFunctions shows the functions. choose(name) is called for the one that is pressed.
export function drawFunctions(selected, choose) {
  const now = JSON.stringify([store.functions, selected]);
  if (now === drawn) return;
  drawn = now;
  const list = byID('functions');
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.name : null;
  fill(
    list,
    store.functions.map((f) => el('li', {}, card(f, f.name === selected, choose))),
  );
  if (focused) list.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus();
}

function card(f, isSelected, choose) {
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
  return el(
    'button',
    {
      type: 'button',
      class: 'function',
      'data-name': f.name,
      'aria-current': isSelected ? 'true' : null,
      onclick: () => choose(f.name),
    },
    el(
      'span',
      { class: 'name' },
      f.name,
      el('span', { class: `state ${f.state}` }, words[f.state] ?? f.state, f.busy > 1 ? ` ×${f.busy}` : ''),
    ),
    el('span', { class: 'soft' }, f.requests > 0 ? counts.join(' · ') : limits),
    f.problem && el('span', { class: 'bad' }, f.problem),
    facts.length > 0 &&
      el(
        'span',
        { class: 'facts' },
        facts.map(([name, value]) => el('span', {}, `${name} `, el('b', {}, value))),
      ),
  );
}

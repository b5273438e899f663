import { call, part } from './api.js';
import { attempt, close, show } from './dialogs.js';
import { byID, copy, el, fill, setText } from './dom.js';
import { Editor } from './editor.js';
import { compact, format } from './json.js';
import { functionNamed, store } from './store.js';
import { eventOfFile, triggerForm } from './trigger.js';
import { clock, size } from './units.js';

// The size of the largest event, which is Lambda's limit. The browser would read larger files for minutes.
const mostSent = 6 * 1024 * 1024;

let editor;
let name = null; // of the function
let savedAs = ''; // the name under which the event was saved or loaded last
let sent; // called with the run that has been started

const draft = () => `draft:${store.service}:${name}`;

// startEvent prepares the editor. onSent(run) is called after an event was sent.
export function startEvent(onSent) {
  sent = onSent;
  editor = new Editor({ root: byID('editor'), change: changed });
  byID('send-key').textContent = navigator.platform.startsWith('Mac') ? '⌘↵' : 'Ctrl ↵';
  byID('send-form').addEventListener('submit', (event) => {
    event.preventDefault();
    sendEvent();
  });
  byID('format').addEventListener('click', () => editor.set(format(editor.text)));
  byID('load').addEventListener('click', load);
  byID('save').addEventListener('click', save);
  byID('commands').addEventListener('click', commands);
  editor.area.addEventListener('dragover', (event) => {
    if (event.dataTransfer.types.includes('Files')) event.preventDefault();
  });
  editor.area.addEventListener('drop', (event) => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    dropFile(file);
  });
  byID('complaint').addEventListener('click', () => editor.problem && editor.goTo(editor.problem.offset));
}

// chooseFunction shows the event for another function: what was typed for it before, or its first event.
export function chooseFunction(next) {
  if (next === name) return;
  name = next;
  savedAs = '';
  setText(byID('event-title'), `Event for ${name}`);
  const before = sessionStorage.getItem(draft());
  editor.replace(before ?? '{}');
  changed();
  if (before === null) begin(next);
}

// setEvent puts an event into the editor.
export function setEvent(text) {
  editor.set(format(text));
}

export const focusEvent = () => editor.area.focus();

export const functionOfEvent = () => name;

let waiting;

function changed() {
  const { text, problem } = editor;
  if (name && text.length < 200_000) {
    try {
      sessionStorage.setItem(draft(), text);
    } catch {
      // There is no room for it: it is not kept when the page is loaded again.
    }
  }
  setText(byID('size'), size(new Blob([text]).size));
  clearTimeout(waiting);
  if (!problem) complain();
  else waiting = setTimeout(complain, 400); // what is being typed is not yet wrong
}

function complain() {
  const { problem } = editor;
  editor.area.setAttribute('aria-invalid', Boolean(problem));
  setText(byID('complaint'), problem ? `Line ${problem.line}, column ${problem.column}: ${problem.message}.` : '');
}

// sendEvent sends the event as often as the form says.
export const sendEvent = attempt(async () => {
  if (editor.problem) {
    complain();
    editor.goTo(editor.problem.offset);
    return;
  }
  const form = byID('send-form');
  if (!form.reportValidity()) return;
  if (!name) {
    setText(byID('complaint'), 'There is no function yet.');
    return;
  }
  await sendTo(name, editor.text, byID('times').value || 1, byID('parallel').value || 1);
});

// sendTo sends an event to a function.
export async function sendTo(target, event, times = 1, parallel = 1) {
  const path = `functions/${part(target)}/calls?times=${part(times)}&parallel=${part(parallel)}`;
  sent(await call(path, { method: 'POST', body: event, headers: { 'Content-Type': 'application/json' } }));
}

// dropFile makes the event of a file in a bucket if that is a source of the function. Otherwise it is the event.
const dropFile = attempt(async (file) => {
  const target = name;
  const sample = functionNamed(target)?.samples?.find((one) => store.inputs[one] === 'file');
  if (!sample && file.size > mostSent) {
    throw new Error(`${file.name} has ${size(file.size)}: an event can have ${size(mostSent)}.`);
  }
  const text = await (sample ? eventOfFile(sample, target, file) : file.text());
  if (target === name) editor.set(sample ? format(text) : text);
});

async function sampleFor(target, sample) {
  const { text } = await call(`samples/${part(sample)}?function=${part(target)}`);
  return format(text);
}

// begin shows the first event of a function, unless something else has been done in the meantime.
const begin = attempt(async (target) => {
  const before = editor.text;
  const text = await firstEvent(target);
  if (target !== name || editor.text !== before) return;
  editor.replace(text);
  changed();
});

// firstEvent returns the saved event of the function's name or, for the only function, example, which sparta new makes.
// Otherwise it is a sample of a source, or a request to a route.
async function firstEvent(target) {
  const saved = await call('events');
  const names = store.functions.length === 1 ? [target, 'example'] : [target];
  const own = names.find((one) => saved.some((event) => event.name === one));
  if (own) return (await call(`events/${part(own)}`)).text;
  const { samples = [], routes = [] } = functionNamed(target) ?? {};
  if (samples.length > 0) return sampleFor(target, samples[0]);
  return routes.length > 0 ? routeFor(target, routes[0]) : '{}';
}

// showSample shows a sample event of a source, and showRoute the event of a request to a route.
export const showSample = attempt((sample) => showFor(name, sampleFor(name, sample)));

export const showRoute = attempt((route) => showFor(name, routeFor(name, route)));

async function showFor(target, event) {
  const text = await event;
  if (target === name) editor.set(text);
}

async function routeFor(target, route) {
  const { text } = await call(`functions/${part(target)}/route?route=${part(route)}`);
  return format(text);
}

// load offers saved events, samples and events that were sent before.
const load = attempt(async () => {
  const target = name;
  const [saved, before] = await Promise.all([call('events'), call(`functions/${part(target)}/sent`)]);
  const { samples: own = [], routes = [] } = functionNamed(target) ?? {};
  const others = store.samples.filter((sample) => !own.includes(sample));
  const use = attempt(async (text) => {
    close();
    focusEvent();
    editor.set(format(await text));
  });
  const choice = (label, detail, action, form) =>
    el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          class: 'choice',
          onclick: attempt(async () => {
            close(); // the editor can have the focus only without a dialog
            focusEvent();
            await action();
          }),
        },
        el('b', {}, label),
        detail && el('span', { class: 'soft' }, detail),
      ),
      form,
    );
  const sample = (one) => choice(one, null, async () => editor.set(await sampleFor(target, one)));
  const route = (one) => choice(one, 'request', async () => editor.set(await routeFor(target, one)));
  const ownSample = (one) =>
    choice(one, 'sample', async () => editor.set(await sampleFor(target, one)), triggerForm(one, target, use));
  const groups = [
    [
      'Saved in events/',
      saved.map((one) =>
        choice(one.name, size(one.size), async () => {
          editor.set((await call(`events/${part(one.name)}`)).text);
          savedAs = one.name;
        }),
      ),
    ],
    ['Samples of the function’s sources', own.map(ownSample)],
    ['Requests to the function’s routes', routes.map(route)],
    [
      'Sent before',
      before.map((one) =>
        choice(one.text, clock(one.at), async () => {
          setEvent((await call(`requests/${part(one.id)}`)).event);
        }),
      ),
    ],
    ['Other samples', others.map(sample)],
  ].filter(([, choices]) => choices.length > 0);
  const narrow = (event) => {
    const text = event.target.value.trim().toLowerCase();
    for (const item of body.querySelectorAll('li')) item.hidden = !item.textContent.toLowerCase().includes(text);
    for (const group of body.querySelectorAll('section')) group.hidden = !group.querySelector('li:not([hidden])');
  };
  const first = (event) => {
    if (event.key === 'Enter') body.querySelector('section:not([hidden]) li:not([hidden]) button')?.click();
  };
  const body = show(
    'Load an event',
    groups.length === 0
      ? el('p', {}, 'There are no events yet.')
      : [
          el('input', {
            type: 'search',
            placeholder: 'Filter',
            'aria-label': 'Filter the events',
            autofocus: true,
            autocomplete: 'off',
            oninput: narrow,
            onkeydown: first,
          }),
          groups.map(([title, choices]) =>
            el('section', { class: 'choices' }, el('h3', {}, title), el('ul', {}, choices)),
          ),
        ],
  );
});

// save saves the event as a file. A file is replaced only after a question.
function save() {
  const input = el('input', {
    id: 'save-name',
    value: savedAs || name,
    autofocus: true,
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: '121',
    'aria-describedby': 'save-problem',
    required: true,
  });
  const problem = el('p', { id: 'save-problem', class: 'bad', role: 'alert' });
  const replace = el('button', { type: 'button', hidden: true }, 'Replace it');
  const attemptTo = async (version) => {
    problem.textContent = '';
    replace.hidden = true;
    const chosen = input.value.trim().replace(/\.json$/, '');
    try {
      await call(`events/${part(chosen)}?version=${part(version)}`, { method: 'PUT', body: editor.text });
      savedAs = chosen;
      close();
      setText(byID('complaint'), `Saved as events/${chosen}.json.`);
    } catch (error) {
      problem.textContent = `${error.message}.`;
      if (error.status !== 409) return;
      const { version: current } = await call(`events/${part(chosen)}`);
      replace.hidden = false;
      replace.onclick = () => attemptTo(current);
    }
  };
  show(
    'Save the event',
    el(
      'form',
      {
        onsubmit: (event) => {
          event.preventDefault();
          attemptTo('');
        },
      },
      el('label', { for: 'save-name' }, 'Name of the file in events/, without .json'),
      input,
      problem,
      el('div', { class: 'row' }, el('button', { type: 'submit', class: 'primary' }, 'Save'), replace),
    ),
  );
  input.select();
}

// commands shows how to send the event from a terminal.
function commands() {
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const event = quote(compact(editor.text));
  const lambda =
    `aws lambda invoke --endpoint-url ${location.origin} --function-name ${name} \\\n` +
    `  --cli-binary-format raw-in-base64-out --payload ${event} /dev/stdout`;
  const curl = `curl -s ${location.origin}/2015-03-31/functions/${part(name)}/invocations -d ${event}`;
  const block = (title, command) => {
    const copier = el('button', { type: 'button', onclick: () => copy(command, copier) }, 'Copy');
    return el(
      'section',
      {},
      el('div', { class: 'head' }, el('h3', {}, title), copier),
      el('pre', { class: 'text', tabindex: '0', 'aria-label': title }, command),
    );
  };
  const routes = functionNamed(name)?.routes ?? [];
  show(
    'Send it from a terminal',
    [
      block('AWS CLI', lambda),
      block('curl', curl),
      routes.length > 0 &&
        el(
          'section',
          {},
          el('h3', {}, 'Routes'),
          el(
            'ul',
            { class: 'plain-list mono' },
            routes.map((route) => el('li', {}, route)),
          ),
        ),
    ],
    { wide: true },
  );
}

import { openAnswer, openedID, refresh, startAnswer } from './answer.js';
import { drawBuild } from './build.js';
import { attempt } from './dialogs.js';
import { byID, el, fill, setText } from './dom.js';
import {
  chooseFunction,
  focusEvent,
  functionOfEvent,
  sendEvent,
  sendTo,
  setEvent,
  showRoute,
  showSample,
  startEvent,
} from './event.js';
import { drawFunctions, startFunctions } from './functions.js';
import { bind, help, startKeys } from './keys.js';
import { refreshPicture, showPicture } from './picture.js';
import { drawRequests, markRequest, startRequests } from './requests.js';
import { begin, drawRun, startRuns, stopRequest } from './run.js';
import { connect, follow, functionNamed, shareConnections, store } from './store.js';

// The address has the token only when it is opened: it is in a cookie from then on, and not in the history.
const address = new URL(location.href);
address.searchParams.delete('token');
history.replaceState(null, '', address);

const narrow = matchMedia('(max-width: 999px)');
const fragment = () => new URLSearchParams(location.hash.slice(1));

// remember keeps in the address what is shown.
let remembering;

function remember() {
  remembering ??= setTimeout(() => {
    remembering = undefined;
    const parts = new URLSearchParams();
    if (functionOfEvent()) parts.set('function', functionOfEvent());
    if (openedID()) parts.set('request', openedID());
    if (location.hash !== `#${parts}`) history.replaceState(null, '', `#${parts}`);
  }, 300); // browsers limit how often an address changes
}

function choose(name) {
  chooseFunction(name);
  drawFunctions(name);
  remember();
}

// chooseAndGo chooses a function and goes to its event.
function chooseAndGo(name) {
  choose(name);
  focusEvent();
}

function open(id) {
  openAnswer(id);
  markRequest(id);
  remember();
  if (narrow.matches) byID('answer-pane').scrollIntoView({ block: 'start' });
}

startFunctions(choose);
startRequests(open);
startRuns(open);
startAnswer({
  stop: stopRequest,
  again: attempt((details) => sendTo(details.function, details.event)),
  edit: (details) => {
    choose(details.function);
    setEvent(details.event);
    focusEvent();
  },
});
startEvent((run) => {
  begin(run);
  open(run.requests[0]);
});

const shortcuts = [
  ['mod+Enter', 'send the event', sendEvent],
  ['f', 'go to the functions', () => byID('functions').querySelector('button')?.focus()],
  ['e', 'go to the event', focusEvent],
  ['a', 'go to the answer', () => byID('answer-pane').focus()],
  ['r', 'go to the requests', () => byID('requests').focus()],
  ['l', 'load an event', () => byID('load').click()],
  ['s', 'send the opened request again', () => byID('again')?.click()],
  ['p', 'show the picture of the service', () => byID('open-picture').click()],
  ['/', 'filter the log', () => byID('log-filter')?.focus()],
  ['?', 'show the keys', help],
];
for (const shortcut of shortcuts) bind(...shortcut);
startKeys();
byID('open-help').addEventListener('click', help);
byID('open-picture').addEventListener('click', () =>
  attempt(showPicture)({ choose: chooseAndGo, sample: showSample, route: showRoute }),
);
byID('text').addEventListener('keydown', (event) => {
  if (event.key === 'Escape') byID('send').focus();
});

const theme = byID('theme');
theme.value = document.documentElement.dataset.theme;
theme.addEventListener('change', () => {
  localStorage.setItem('theme', theme.value);
  document.documentElement.dataset.theme = theme.value;
});

let newest = null; // the request that was opened last because it was the newest

follow((changed) => {
  if (changed.has('connection')) {
    byID('offline').hidden = store.connected;
    const refused = 'explore has been started again: open the address that it has printed.';
    const lost = 'Not connected: explore has ended, or is starting again. Trying to connect…';
    setText(byID('offline'), store.connected ? '' : store.isRefused ? refused : lost);
  }
  if (changed.has('state')) {
    setText(byID('service'), store.service);
    fill(
      byID('addresses'),
      store.addresses.map(({ name, url }) =>
        el(
          'li',
          {},
          `${name} `,
          el('a', { href: url, target: '_blank', rel: 'noreferrer' }, url.replace(/^https?:\/\//, '')),
        ),
      ),
    );
    byID('open-picture').hidden = !store.picture;
    refreshPicture();
    const opened = fragment().get('request');
    if (opened && !openedID() && store.byID.has(opened)) open(opened);
  }
  if (changed.has('functions')) {
    const wanted = functionOfEvent() ?? fragment().get('function');
    const chosen = functionNamed(wanted) ?? store.functions[0];
    if (chosen) choose(chosen.name);
    else drawFunctions();
  }
  if (changed.has('entries')) {
    drawBuild();
    drawRequests();
    drawRun();
    drawFunctions(functionOfEvent());
    const latest = store.entries.find((entry) => !entry.build && !entry.process);
    if (byID('follow').checked && latest && latest.id !== newest) {
      newest = latest.id;
      open(latest.id);
    }
  }
  if (openedID() && changed.has(openedID())) refresh();
});
connect();
shareConnections();

// What the page knows about the service. The server sends everything at first, then what changes.

const most = 1000;

export const store = {
  service: '',
  addresses: [],
  samples: [],
  inputs: {}, // what people provide for events, by the names of samples
  functions: [],
  picture: '', // its version; empty if there is none
  entries: [], // the latest first
  byID: new Map(),
  connected: false,
  isRefused: false,
};

const listeners = new Set();
let changed = new Set();

// follow has a function called after changes, with the set of what has changed: state, functions, entries, connection
// and the IDs of entries.
export function follow(listener) {
  listeners.add(listener);
}

function announce(...what) {
  if (changed.size === 0) {
    // Hidden pages have no frames, but their titles are seen.
    const later = document.hidden ? (f) => setTimeout(f, 50) : requestAnimationFrame;
    later(() => {
      const all = changed;
      changed = new Set();
      for (const listener of listeners) listener(all);
    });
  }
  for (const one of what) changed.add(one);
}

function put(entries) {
  for (const entry of entries) store.byID.set(entry.id, entry);
  store.entries = [...store.byID.values()].sort((a, b) => b.sequence - a.sequence);
  for (const old of store.entries.splice(most)) store.byID.delete(old.id);
}

let stream = null;

// connect follows the server. The browser connects again by itself.
export function connect() {
  stream?.close();
  stream = new EventSource('/console/api/stream');
  stream.addEventListener('state', (message) => {
    const { entries, ...rest } = JSON.parse(message.data);
    Object.assign(store, rest);
    store.byID = new Map();
    put(entries);
    announce('state', 'functions', 'entries', 'connection', ...store.byID.keys());
  });
  stream.addEventListener('service', (message) => {
    Object.assign(store, JSON.parse(message.data));
    announce('state');
  });
  stream.addEventListener('functions', (message) => {
    store.functions = JSON.parse(message.data);
    announce('functions');
  });
  stream.addEventListener('entries', (message) => {
    const entries = JSON.parse(message.data);
    put(entries);
    announce('entries', ...entries.map((entry) => entry.id));
  });
  stream.addEventListener('open', () => {
    store.connected = true;
    store.isRefused = false;
    announce('connection');
  });
  stream.addEventListener('error', () => {
    store.connected = false;
    // After another answer than a stream, which is that the token is wrong, it does not try again.
    store.isRefused = stream.readyState === EventSource.CLOSED;
    announce('connection');
    if (store.isRefused) setTimeout(connect, 5000);
  });
}

// Browsers have six connections to a server at a time. Of the pages in the background, three stay connected; the others
// connect again when they are looked at.
const mostHidden = 3;

export async function shareConnections() {
  const isFree = (n) =>
    new Promise((resolve) => {
      navigator.locks.request(`console-${n}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock && new Promise(() => {}); // until the page is closed
      });
    });
  if (!navigator.locks) return; // the page has been opened from another machine
  for (let n = 0; n < mostHidden; n++) if (await isFree(n)) return;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) stream.close();
    else connect();
  });
}

export const functionNamed = (name) => store.functions.find((f) => f.name === name);

// lastBuild returns the latest build, or undefined.
export const lastBuild = () => store.entries.find((entry) => entry.build);

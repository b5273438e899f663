// What the page knows about the service. The server sends everything at first, then what changes.

const most = 1000;

export const store = {
  service: '',
  started: 0,
  addresses: [],
  samples: [],
  functions: [],
  picture: false,
  entries: [], // the latest first
  byID: new Map(),
  connected: false,
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

// connect follows the server until the page is closed. The browser connects again by itself.
export function connect() {
  const stream = new EventSource('/console/api/stream');
  stream.addEventListener('state', (message) => {
    const { entries, ...rest } = JSON.parse(message.data);
    Object.assign(store, rest);
    store.byID = new Map();
    put(entries);
    announce('state', 'functions', 'entries', 'connection', ...store.byID.keys());
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
    announce('connection');
  });
  stream.addEventListener('error', () => {
    store.connected = false;
    announce('connection');
    // After an answer that is no stream, for example because another process has another token, it does not try again.
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  });
}

export const functionNamed = (name) => store.functions.find((f) => f.name === name);

// lastBuild returns the latest build, or undefined.
export const lastBuild = () => store.entries.find((entry) => entry.build);

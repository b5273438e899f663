package history

import (
	"slices"
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// Options are the limits of a history. Zero means the default.
type Options struct {
	Entries  int   // how many entries are kept: 1,000
	Bytes    int64 // of all events, payloads and logs: 16 MB. The oldest entries lose theirs first
	LogLines int   // of one request: 20,000
}

// History is safe for concurrent use. What it has been given and what it returns must not be changed.
type History struct {
	options Options

	mu         sync.Mutex
	entries    []*Entry // oldest first
	byID       map[string]*Entry
	added      int64
	bytes      int64
	undropped  int // entries before this index use no memory
	statistics map[string]*measurements
	readers    map[*Subscription]struct{}
}

// New returns an empty history.
func New(options Options) *History {
	if options.Entries <= 0 {
		options.Entries = 1000
	}
	if options.Bytes <= 0 {
		options.Bytes = 16 << 20
	}
	if options.LogLines <= 0 {
		options.LogLines = 20_000
	}
	return &History{
		options:    options,
		byID:       map[string]*Entry{},
		statistics: map[string]*measurements{},
		readers:    map[*Subscription]struct{}{},
	}
}

// Add adds an entry and returns its ID, which is a new one unless the entry has one. An entry with the ID of another
// replaces it.
func (h *History) Add(entry Entry) string {
	if entry.ID == "" {
		entry.ID = lambdaruntime.NewRequestID()
	}
	if entry.At.IsZero() {
		entry.At = time.Now()
	}
	entry = entry.clone()
	h.mu.Lock()
	defer h.mu.Unlock()
	if known := h.byID[entry.ID]; known != nil {
		entry.sequence, entry.charged = known.sequence, known.charged
		h.undropped = min(h.undropped, slices.Index(h.entries, known)) // it has contents again
		h.change(known, entry)
		return entry.ID
	}
	h.added++
	entry.sequence, entry.charged = h.added, 0
	stored := new(Entry)
	h.entries = append(h.entries, stored)
	h.byID[entry.ID] = stored
	h.change(stored, entry)
	for len(h.entries) > h.options.Entries {
		h.forget()
	}
	return entry.ID
}

// Update changes the entry with an ID, and reports whether there is one. The function may replace the fields of the
// entry's request or build; it is called once and must not call the history.
func (h *History) Update(id string, change func(*Entry)) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	stored := h.byID[id]
	if stored == nil {
		return false
	}
	entry := stored.clone()
	change(&entry)
	entry.ID = id
	h.change(stored, entry)
	return true
}

// Get returns the entry with an ID.
func (h *History) Get(id string) (Entry, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if stored := h.byID[id]; stored != nil {
		return *stored, true
	}
	return Entry{}, false
}

// List returns all entries, the oldest first.
func (h *History) List() []Entry {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := make([]Entry, len(h.entries))
	for i, entry := range h.entries {
		list[i] = *entry
	}
	return list
}

// change stores the new state of an entry. The caller holds the lock.
func (h *History) change(stored *Entry, entry Entry) {
	if entry.Request != nil {
		entry.Request.Log = shorten(entry.Request.Log, h.options.LogLines)
		if entry.Request.ended() && !(stored.Request != nil && stored.Request.ended()) {
			h.measure(entry)
		}
	}
	h.bytes += entry.size() - entry.charged
	entry.charged = entry.size()
	*stored = entry
	h.shrink()
	for reader := range h.readers {
		reader.note(entry.ID)
	}
}

// shrink has the oldest entries lose their contents until the rest fits. The latest keeps its contents, and so do
// requests that are running, because they would fill up again.
func (h *History) shrink() {
	for i := h.undropped; i < len(h.entries)-1 && h.bytes > h.options.Bytes; i++ {
		entry := h.entries[i]
		if entry.Request != nil && entry.Request.ended() && entry.charged > 0 {
			h.bytes -= entry.charged
			entry.drop()
		}
		if i == h.undropped && (entry.Request == nil || entry.Request.ended()) {
			h.undropped++
		}
	}
}

// forget removes the oldest entry that has ended. Requests that are running are kept, so that their outcomes arrive,
// unless there are as many of them.
func (h *History) forget() {
	i := slices.IndexFunc(h.entries, func(e *Entry) bool { return e.Request == nil || e.Request.ended() })
	if i < 0 || i >= h.options.Entries {
		i = 0
	}
	oldest := h.entries[i]
	if i == 0 {
		h.entries[0] = nil
		h.entries = h.entries[1:] // Delete would move all others
	} else {
		h.entries = slices.Delete(h.entries, i, i+1)
	}
	h.bytes -= oldest.charged
	if i < h.undropped {
		h.undropped--
	}
	delete(h.byID, oldest.ID)
}

package history

import "context"

// backlog is how many changed entries a subscription remembers for its reader.
const backlog = 256

// Subscription follows the changes of a history.
type Subscription struct {
	history *History
	wake    chan struct{} // has room for one

	// The history's lock guards these.
	changed []string        // IDs, in the order of the first change
	waiting map[string]bool // the same as a set
	lost    bool
}

// Changes are what has changed since the last call of Next.
type Changes struct {
	Entries []Entry // in their latest states
	// Reload reports whether the reader was so slow that changes were lost: List has the current entries.
	Reload bool
}

// Subscribe returns a subscription to all changes from now on. Close ends it.
func (h *History) Subscribe() *Subscription {
	s := &Subscription{history: h, wake: make(chan struct{}, 1), waiting: map[string]bool{}}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.readers[s] = struct{}{}
	return s
}

// Close ends the subscription.
func (s *Subscription) Close() {
	s.history.mu.Lock()
	defer s.history.mu.Unlock()
	delete(s.history.readers, s)
}

// Next waits for changes. It returns an error only if ctx ends. An entry that has changed several times is returned
// once.
func (s *Subscription) Next(ctx context.Context) (Changes, error) {
	for {
		select {
		case <-ctx.Done():
			return Changes{}, ctx.Err()
		case <-s.wake:
		}
		if changes := s.take(); changes.Reload || len(changes.Entries) > 0 {
			return changes, nil
		}
	}
}

func (s *Subscription) take() Changes {
	s.history.mu.Lock()
	defer s.history.mu.Unlock()
	changes := Changes{Reload: s.lost}
	for _, id := range s.changed {
		if entry := s.history.byID[id]; entry != nil {
			changes.Entries = append(changes.Entries, *entry)
		}
	}
	s.changed, s.lost = nil, false
	clear(s.waiting)
	return changes
}

// note remembers that an entry has changed. The caller holds the history's lock.
func (s *Subscription) note(id string) {
	switch {
	case s.lost || s.waiting[id]:
	case len(s.changed) == backlog:
		s.changed, s.lost = nil, true
		clear(s.waiting)
	default:
		s.changed = append(s.changed, id)
		s.waiting[id] = true
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

package history

import (
	"slices"
	"time"
)

// Statistics are about the requests of a function since the history began. The percentiles are those of the last
// 1,000 durations of its handler.
type Statistics struct {
	Requests, Failed, Throttled, Cold int
	P50, P95, Max                     time.Duration
	MaxMemory                         int64 // in bytes
	Last                              State // of the last request that has ended; empty means none
}

// kept is how many durations of a function are kept.
const kept = 1000

type measurements struct {
	Statistics
	durations []time.Duration
	next      int // the index of the oldest, once there are as many as are kept
}

// Statistics returns those of a function.
func (h *History) Statistics(function string) Statistics {
	h.mu.Lock()
	m := h.statistics[function]
	if m == nil {
		h.mu.Unlock()
		return Statistics{}
	}
	statistics, sorted := m.Statistics, slices.Clone(m.durations)
	h.mu.Unlock()
	slices.Sort(sorted)
	statistics.P50, statistics.P95 = percentile(sorted, 50), percentile(sorted, 95)
	return statistics
}

// percentile returns the least duration that as many percent of the durations do not exceed.
func percentile(sorted []time.Duration, percent int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*percent+99)/100-1]
}

// measure adds a request that has ended. The caller holds the lock.
func (h *History) measure(entry Entry) {
	request := entry.Request
	m := h.statistics[request.Function]
	if m == nil {
		m = new(measurements)
		h.statistics[request.Function] = m
	}
	m.Requests++
	m.Last = request.State
	switch request.State {
	case Throttled:
		m.Throttled++
		return // it did not run
	case Failed:
		m.Failed++
	}
	if request.Cold {
		m.Cold++
	}
	m.MaxMemory = max(m.MaxMemory, request.MaxMemory)
	m.Max = max(m.Max, request.Duration)
	if len(m.durations) < kept {
		m.durations = append(m.durations, request.Duration)
		return
	}
	m.durations[m.next] = request.Duration
	m.next = (m.next + 1) % kept
}

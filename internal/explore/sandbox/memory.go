package sandbox

import (
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// memoryInterval is how often the memory of a running invocation is read.
const memoryInterval = 100 * time.Millisecond

// memory watches the memory of an environment's process.
type memory struct {
	process *lambdaruntime.Process
	limit   int64 // in bytes

	mu       sync.Mutex // guards what follows
	timer    *time.Timer
	armed    bool // the timer runs
	watching bool // an invocation runs
	pid      int
	peak     int64 // of the process with this ID, in bytes
	exceeded bool
	measured time.Time
	used     int64 // at that time, in bytes
	pages    pages
}

// watch begins to watch an invocation.
func (m *memory) watch() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watching = true
	switch {
	case m.armed: // for an invocation before, which was shorter than the interval
	case m.timer == nil:
		m.timer = time.AfterFunc(memoryInterval, m.sample)
	default:
		m.timer.Reset(memoryInterval)
	}
	m.armed = true
}

// sample reads the memory, and kills a process above the limit.
func (m *memory) sample() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.armed = m.watching
	if !m.watching {
		return
	}
	if m.measure(true); m.exceeded {
		m.process.Kill()
		m.armed = false
		return
	}
	m.timer.Reset(memoryInterval)
}

// stop ends the watch. It returns the peak so far, and reports whether the process has exceeded the limit.
func (m *memory) stop() (peak int64, exceeded bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watching = false
	if !m.unchanged() {
		m.measure(false)
	}
	return m.peak, m.exceeded
}

// unchanged reports whether the process uses hardly more memory than when it was measured, shortly before. The answer
// takes a fraction of the time of a measurement.
func (m *memory) unchanged() bool {
	const hardly = 256 << 10
	pid, running := m.process.PID()
	return running && pid == m.pid && time.Since(m.measured) < memoryInterval && m.pages.read() < m.used+hardly
}

// measure reads the memory of the process and, if asked to, of its descendants.
func (m *memory) measure(descendants bool) {
	pid, running := m.process.PID()
	if !running {
		return
	}
	if pid != m.pid {
		m.pid, m.peak = pid, 0
		m.pages.open(pid)
	}
	var peak int64
	m.measured = time.Now()
	m.used, peak = residentMemory(pid)
	m.peak = max(m.peak, m.used, peak)
	if descendants {
		m.peak = max(m.peak, m.used+memoryOfDescendants(pid))
	}
	m.exceeded = m.exceeded || m.peak > m.limit
}

// close frees what the environment's memory is read with.
func (m *memory) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pid = 0
	m.pages.close()
	if m.timer != nil {
		m.timer.Stop()
	}
}

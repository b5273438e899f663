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
	watching bool
	pid      int
	peak     int64 // of the process with this ID, in bytes
	exceeded bool
}

// watch begins to watch an invocation.
func (m *memory) watch() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watching = true
	if m.timer == nil {
		m.timer = time.AfterFunc(memoryInterval, m.sample)
	} else {
		m.timer.Reset(memoryInterval)
	}
}

// sample reads the memory, and kills a process above the limit.
func (m *memory) sample() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.watching {
		return
	}
	if m.measure(true); m.exceeded {
		m.process.Kill()
		return
	}
	m.timer.Reset(memoryInterval)
}

// stop ends the watch. It returns the peak so far, and reports whether the process has exceeded the limit.
func (m *memory) stop() (peak int64, exceeded bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watching = false
	m.timer.Stop()
	m.measure(false)
	return m.peak, m.exceeded
}

// measure reads the memory of the process and, if asked to, of its descendants.
func (m *memory) measure(descendants bool) {
	pid, running := m.process.PID()
	if !running {
		return
	}
	used, peak := residentMemory(pid)
	if descendants {
		used += memoryOfDescendants(pid)
	}
	if pid != m.pid {
		m.pid, m.peak = pid, 0
	}
	m.peak = max(m.peak, used, peak)
	m.exceeded = m.exceeded || m.peak > m.limit
}

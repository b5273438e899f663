package sandbox

import (
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/procfs"
)

const (
	// memoryInterval is how often the memory of a running invocation is read.
	memoryInterval = 100 * time.Millisecond
	// brief is the duration below which an invocation's memory is not read at its end, unless the last reading is an
	// interval ago: a reading takes a tenth of the time of the shortest invocations.
	brief = 10 * time.Millisecond
	// longestGap is the time after which the memory is read with that of descendants, although one short invocation
	// follows another. Such a reading takes a dozen files, so that it is not made more often.
	longestGap = time.Second
)

// memory watches the memory of an environment's process.
type memory struct {
	process *lambdaruntime.Process
	limit   int64 // in bytes

	mu       sync.Mutex // guards what follows
	timer    *time.Timer
	armed    bool      // the timer runs
	watching bool      // an invocation runs
	began    time.Time // when it began
	sampled  time.Time // when sample has read the memory last
	pid      int
	peak     int64 // of the process with this ID, in bytes
	exceeded bool
	measured time.Time
}

// watch begins to watch an invocation.
func (m *memory) watch() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watching, m.began = true, time.Now()
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
	left := memoryInterval - time.Since(m.began)
	if left > 0 && time.Since(m.sampled) < longestGap { // the timer was set for an invocation before
		m.timer.Reset(left)
		return
	}
	m.sampled = time.Now()
	if m.measure(true); m.exceeded {
		m.process.Kill()
		m.armed = false
		return
	}
	m.timer.Reset(memoryInterval)
}

// stop ends the watch of an invocation that took this time. It returns the peak so far, and reports whether the process
// has exceeded the limit.
func (m *memory) stop(took time.Duration) (peak int64, exceeded bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watching = false
	if took > brief || time.Since(m.measured) > memoryInterval {
		m.measure(false)
	}
	return m.peak, m.exceeded
}

// measure reads the memory of the process and, if asked to, of its descendants.
func (m *memory) measure(descendants bool) {
	pid, running := m.process.PID()
	if !running {
		return
	}
	if pid != m.pid {
		m.pid, m.peak = pid, 0
	}
	m.measured = time.Now()
	used, peak := procfs.Memory(pid)
	if descendants {
		used += memoryOfDescendants(pid)
	}
	m.peak = max(m.peak, used, peak)
	m.exceeded = m.exceeded || m.peak > m.limit
}

// memoryOfDescendants returns how much of the processes that a process has started is in memory, in bytes.
func memoryOfDescendants(pid int) int64 {
	var sum int64
	for _, descendant := range procfs.Descendants(pid) {
		now, _ := procfs.Memory(descendant)
		sum += now
	}
	return sum
}

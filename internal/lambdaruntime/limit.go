package lambdaruntime

import (
	"sync"
	"time"
)

// limit is a time limit that counts only while this program runs. After the machine has slept, or the program was
// stopped, a timer would end at once, although the function has had no time, or has responded and nobody has read that.
type limit struct {
	reached chan struct{} // closed at the end

	mu    sync.Mutex // guards what follows
	timer *time.Timer
	left  time.Duration
	step  time.Duration // how much of what is left the timer counts
	began time.Time     // the step
	ended bool
}

const (
	longestStep = time.Second
	lateness    = time.Second // how late a timer may be on a busy machine
)

// newLimit returns a limit. The caller calls end.
func newLimit(left time.Duration) *limit {
	l := &limit{reached: make(chan struct{}), left: left}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.step, l.began = min(left, longestStep), time.Now()
	l.timer = time.AfterFunc(l.step, func() { l.next(time.Now()) })
	return l
}

// next begins the next step, or ends the limit.
func (l *limit) next(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return
	}
	if now.Sub(l.began) <= l.step+lateness {
		l.left -= l.step
	}
	if l.left <= 0 {
		l.ended = true
		close(l.reached)
		return
	}
	l.step, l.began = min(l.left, longestStep), now
	l.timer.Reset(l.step)
}

// end ends the limit. It is not reached afterwards.
func (l *limit) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = true
	l.timer.Stop()
}

//go:build go1.25

package lambdaruntime

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestALimitDoesNotCountWhileTheMachineSleeps(t *testing.T) {
	for name, test := range map[string]struct {
		limit time.Duration
		after []time.Duration // between the ends of the timer
		over  bool
	}{
		"a short one":                  {300 * time.Millisecond, []time.Duration{300 * time.Millisecond}, true},
		"before it is reached":         {2500 * time.Millisecond, []time.Duration{time.Second, time.Second}, false},
		"a busy machine":               {2 * time.Second, []time.Duration{1900 * time.Millisecond, time.Second}, true},
		"a sleep":                      {2 * time.Second, []time.Duration{time.Hour, time.Second}, false},
		"a sleep in the last second":   {2 * time.Second, []time.Duration{time.Second, time.Hour}, false},
		"the rest follows after sleep": {2 * time.Second, []time.Duration{time.Second, time.Hour, time.Second}, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // in which no time passes
				l := newLimit(test.limit)
				defer l.end()
				now, over := l.began, false
				for _, after := range test.after {
					if over {
						t.Fatal("it was over before")
					}
					now = now.Add(after)
					l.next(now)
					select {
					case <-l.reached:
						over = true
					default:
					}
				}
				if over != test.over {
					t.Errorf("it is over: %t", over)
				}
			})
		})
	}
}

func TestALimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		l := newLimit(2500 * time.Millisecond)
		defer l.end()
		<-l.reached
		if took := time.Since(began); took != 2500*time.Millisecond {
			t.Errorf("it is reached after %v", took)
		}
		ended := newLimit(time.Second)
		ended.end()
		select {
		case <-ended.reached:
			t.Error("a limit that has ended is reached")
		case <-time.After(time.Hour):
		}
	})
}

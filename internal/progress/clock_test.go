//go:build go1.25

package progress

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"
)

// A clock erases what it has drawn when it stops, and draws nothing in the first second.
func TestAClockLeavesNothing(t *testing.T) {
	for wait, want := range map[time.Duration]string{
		900 * time.Millisecond:  "\x1b[K",
		2500 * time.Millisecond: "\x1b[Kcompiling  1s\r\x1b[Kcompiling  2s\r\x1b[K",
	} {
		synctest.Test(t, func(t *testing.T) {
			var out bytes.Buffer
			stop := tick(&out, func() int { return 60 }, "compiling")
			time.Sleep(wait)
			stop()
			if out.String() != want {
				t.Errorf("after %s it has drawn %q, want %q", wait, &out, want)
			}
		})
	}
}

func TestTheTextOfAClockFits(t *testing.T) {
	const long = "the first build compiles the standard library"
	for name, test := range map[string]struct {
		elapsed time.Duration
		columns int
		want    string
	}{
		"wide":       {9 * time.Second, 80, long + "  9s"},
		"60 columns": {time.Hour + 5*time.Second, 60, long + "  60m05s"},
		"30 columns": {75 * time.Second, 30, "the first build compil  1m15s"},
		"8 columns":  {75 * time.Second, 8, "  1m15s"},
		"one column": {75 * time.Second, 1, "  1m15s"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := clockText(long, test.elapsed, test.columns); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

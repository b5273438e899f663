package console

import (
	"testing"
	"time"
)

// However much happens, the page is told about it several times a second, and takes little time from the functions.
func TestThePauseAfterAMessage(t *testing.T) {
	for took, want := range map[time.Duration]time.Duration{
		0:                     50 * time.Millisecond,
		time.Millisecond:      50 * time.Millisecond,
		10 * time.Millisecond: 300 * time.Millisecond,
		time.Second:           500 * time.Millisecond,
	} {
		if got := pauseAfter(took); got != want {
			t.Errorf("after a message that took %s to make: %s, want %s", took, got, want)
		}
	}
}

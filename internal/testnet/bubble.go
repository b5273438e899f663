//go:build go1.25

package testnet

import (
	"testing"
	"testing/synctest"
	"time"
)

// Bubble runs a test in a bubble whose clock starts at the present: servers outside know no other time.
func Bubble(t *testing.T, test func(*testing.T)) {
	t.Helper()
	present := time.Now()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(present))
		test(t)
	})
}

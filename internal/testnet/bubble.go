//go:build go1.25

package testnet

import (
	"testing"
	"testing/synctest"
	"time"
)

// Bubble runs a test in a bubble of testing/synctest whose clock starts at the present time, which servers outside the
// bubble have.
func Bubble(t *testing.T, test func(*testing.T)) {
	t.Helper()
	present := time.Now()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(present))
		test(t)
	})
}

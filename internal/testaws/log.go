//go:build go1.25

package testaws

import (
	"testing"

	"github.com/sirupsen/logrus"
)

// Log returns a logger at level debug that writes to the test's output.
func Log(t testing.TB) *logrus.Logger {
	log := logrus.New()
	log.Out = t.Output()
	log.Level = logrus.DebugLevel
	return log
}

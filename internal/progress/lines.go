// Package progress writes log entries for users who wait for a command.
package progress

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sirupsen/logrus"
)

// Lines formats entries for users: the steps of a build in columns, everything else as logrus does on a
// terminal, with the seconds since the start.
type Lines struct{ Start time.Time }

// The fields that make an entry a step: its name, and the time.Duration that it
// took, which may be left out.
const (
	Step = "step"
	Took = "took"
)

// Format implements logrus.Formatter.
func (l Lines) Format(entry *logrus.Entry) ([]byte, error) {
	var b bytes.Buffer
	if step, ok := entry.Data[Step].(string); ok {
		fmt.Fprintf(&b, "%-10s %s", step, entry.Message)
		if took, ok := entry.Data[Took].(time.Duration); ok {
			fmt.Fprintf(&b, "  (%s)", round(took))
		}
		b.WriteByte('\n')
		return b.Bytes(), nil
	}
	level := strings.ToUpper(entry.Level.String())
	fmt.Fprintf(&b, "%s[%04d] %s", level[:4], int(entry.Time.Sub(l.Start).Seconds()), entry.Message)
	keys := make([]string, 0, len(entry.Data))
	for key := range entry.Data {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		fmt.Fprintf(&b, " %s=%v", key, entry.Data[key])
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// round keeps about three digits of a duration.
func round(d time.Duration) time.Duration {
	switch {
	case d > time.Second:
		return d.Round(10 * time.Millisecond)
	case d > time.Millisecond:
		return d.Round(time.Millisecond)
	}
	return d.Round(time.Microsecond)
}

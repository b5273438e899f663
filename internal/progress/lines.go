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
type Lines struct {
	Start      time.Time
	Timestamps bool // the time of each entry, in UTC, instead of the seconds since Start
	Color      bool
	Live       bool // the log is on a terminal, and a Clock may be on the terminal's last line
}

// The fields that make an entry a step: its name, and the time.Duration that it
// took, which may be left out.
const (
	Step = "step"
	Took = "took"
)

// Format implements logrus.Formatter.
func (l Lines) Format(entry *logrus.Entry) ([]byte, error) {
	b := entry.Buffer // logrus uses it again
	if b == nil {
		b = new(bytes.Buffer)
	}
	if l.Live {
		b.WriteString(eraseLine)
	}
	if step, ok := entry.Data[Step].(string); ok {
		const column = "          "
		b.Grow(64 + len(entry.Message))
		b.WriteString(l.paint(entry.Level, step+column[min(len(step), len(column)):]))
		b.WriteByte(' ')
		b.WriteString(entry.Message)
		if took, ok := entry.Data[Took].(time.Duration); ok {
			b.WriteString("  (")
			b.WriteString(round(took).String())
			b.WriteByte(')')
		}
		b.WriteByte('\n')
		return b.Bytes(), nil
	}
	at := fmt.Sprintf("%04d", int(entry.Time.Sub(l.Start).Seconds()))
	if l.Timestamps {
		at = entry.Time.UTC().Format(time.RFC3339)
	}
	level := strings.ToUpper(entry.Level.String())[:4]
	fmt.Fprintf(b, "%s[%s] %s", l.paint(entry.Level, level), at, entry.Message)
	keys := make([]string, 0, len(entry.Data))
	for key := range entry.Data {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		fmt.Fprintf(b, " %s=%v", l.paint(entry.Level, key), entry.Data[key])
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// paint returns a text in the color that logrus uses for a level. At debug, the text is faint instead of light gray,
// which could not be read on a light background.
func (l Lines) paint(level logrus.Level, text string) string {
	if !l.Color {
		return text
	}
	color := "36" // cyan
	switch level {
	case logrus.DebugLevel, logrus.TraceLevel:
		color = "2"
	case logrus.WarnLevel:
		color = "33" // yellow
	case logrus.ErrorLevel, logrus.FatalLevel, logrus.PanicLevel:
		color = "31" // red
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
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

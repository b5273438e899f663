package spartamage

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/sirupsen/logrus"
)

// newLogger makes the logger of a target. Results go to standard output, which
// is why everything else goes to the writer.
func newLogger(w io.Writer, level string) (*logrus.Logger, error) {
	if level == "" {
		level = "info"
	}
	parsed, err := logrus.ParseLevel(level)
	if err != nil {
		return nil, fmt.Errorf("unknown log level %q: use debug, info, warn or error (SPARTA_LOG_LEVEL)", level)
	}
	logger := logrus.New()
	logger.SetOutput(w)
	logger.SetLevel(parsed)
	logger.SetFormatter(lines{start: time.Now()})
	return logger, nil
}

// lines formats entries for a person: a build's steps in columns, all else as
// logrus does on a terminal, with the seconds since the start.
type lines struct{ start time.Time }

// The fields that make an entry a step.
const (
	fieldStep = "step"
	fieldTook = "took"
)

// Format implements logrus.Formatter.
func (l lines) Format(entry *logrus.Entry) ([]byte, error) {
	var b bytes.Buffer
	if step, ok := entry.Data[fieldStep].(string); ok {
		fmt.Fprintf(&b, "%-10s %s", step, entry.Message)
		if took, ok := entry.Data[fieldTook].(time.Duration); ok {
			fmt.Fprintf(&b, "  (%s)", round(took))
		}
		b.WriteByte('\n')
		return b.Bytes(), nil
	}
	level := strings.ToUpper(entry.Level.String())
	fmt.Fprintf(&b, "%s[%04d] %s", level[:4], int(entry.Time.Sub(l.start).Seconds()), entry.Message)
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

// step runs one step of a build and reports it on a line with its duration.
func step(log *logrus.Logger, name string, run func() (string, error)) error {
	start := time.Now()
	message, err := run()
	if err != nil {
		return err
	}
	log.WithFields(logrus.Fields{fieldStep: name, fieldTook: time.Since(start)}).Info(message)
	return nil
}

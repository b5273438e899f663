package progress

import (
	"fmt"
	"io"
	"time"

	"github.com/sirupsen/logrus"
)

// Level parses a log level. The error names source, where the text comes from.
func Level(text, source string) (logrus.Level, error) {
	level, err := logrus.ParseLevel(text)
	if err != nil {
		return level, fmt.Errorf("unknown log level %q: use trace, debug, info, warn, error, fatal or panic (%s)",
			text, source)
	}
	return level, nil
}

// NewLogger returns a logger for users. An empty level means info.
func NewLogger(out io.Writer, level, source string) (*logrus.Logger, error) {
	if level == "" {
		level = "info"
	}
	parsed, err := Level(level, source)
	if err != nil {
		return nil, err
	}
	logger := logrus.New()
	logger.SetOutput(out)
	logger.SetLevel(parsed)
	logger.SetFormatter(Lines{Start: time.Now()})
	return logger, nil
}

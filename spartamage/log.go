package spartamage

import (
	"fmt"
	"io"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/progress"
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
	logger.SetFormatter(progress.Lines{Start: time.Now()})
	return logger, nil
}

// step runs one step of a build and reports it on a line with its duration.
func step(log *logrus.Logger, name string, run func() (string, error)) error {
	start := time.Now()
	message, err := run()
	if err != nil {
		return err
	}
	log.WithFields(logrus.Fields{progress.Step: name, progress.Took: time.Since(start)}).Info(message)
	return nil
}

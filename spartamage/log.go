package spartamage

import (
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/progress"
)

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

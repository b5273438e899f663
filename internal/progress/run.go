package progress

import (
	"time"

	"github.com/sirupsen/logrus"
)

// Run runs one step of a build and reports it on a line with its duration.
func Run(log *logrus.Logger, name string, run func() (string, error)) error {
	start := time.Now()
	message, err := run()
	if err != nil {
		return err
	}
	log.WithFields(logrus.Fields{Step: name, Took: time.Since(start)}).Info(message)
	return nil
}

package main

import (
	"os"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/progress"
)

// logFlags are the flags of the log.
type logFlags struct {
	commandline.Logging
	commandline.Appearance
}

func (f logFlags) logger() (*logrus.Logger, error) {
	return progress.NewLogger(os.Stderr, progress.Options{
		Level:      f.Level,
		Source:     "--level, SPARTA_LOG_LEVEL",
		Format:     f.Format,
		Timestamps: f.Timestamps,
		NoColor:    f.NoColor,
	})
}

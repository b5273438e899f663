package provision

import (
	"io"

	"github.com/sirupsen/logrus"
)

// orSilent is the logger, or one that writes nothing.
func orSilent(log *logrus.Logger) *logrus.Logger {
	if log != nil {
		return log
	}
	silent := logrus.New()
	silent.SetOutput(io.Discard)
	return silent
}

func orDiscard(w io.Writer) io.Writer {
	if w == nil {
		return io.Discard
	}
	return w
}

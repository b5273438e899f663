package progress

import (
	"cmp"
	"io"
	"os"

	"github.com/sirupsen/logrus"
)

// FromEnvironment returns a logger with the level and the format of a target's flags. For empty ones, the environment's
// values apply.
func FromEnvironment(out io.Writer, level, format string) (*logrus.Logger, error) {
	source := "SPARTA_LOG_LEVEL"
	if level != "" {
		source = "-level, SPARTA_LOG_LEVEL"
	}
	return NewLogger(out, Options{
		Level:  cmp.Or(level, os.Getenv("SPARTA_LOG_LEVEL")),
		Source: source,
		Format: cmp.Or(format, os.Getenv("SPARTA_LOG_FORMAT")),
	})
}

package progress

import (
	"fmt"
	"io"
	"os"
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

// Options say which entries a log contains, and how they are written.
type Options struct {
	Level      string // empty means info
	Source     string // where the level comes from
	Format     string // text, txt or json; empty means text
	Timestamps bool   // the time of day instead of the seconds since the start
	NoColor    bool
}

// NewLogger returns a logger for users.
func NewLogger(out io.Writer, options Options) (*logrus.Logger, error) {
	logger := logrus.New()
	return logger, Configure(logger, out, options)
}

// Configure changes a logger to the options. On a terminal, it uses colors and erases what a Clock has drawn.
func Configure(logger *logrus.Logger, out io.Writer, options Options) error {
	if options.Level == "" {
		options.Level = "info"
	}
	level, err := Level(options.Level, options.Source)
	if err != nil {
		return err
	}
	switch options.Format {
	case "", "text", "txt":
		lines := Lines{Start: time.Now(), Timestamps: options.Timestamps}
		if file, ok := out.(*os.File); ok && IsInteractive(file) {
			lines.Live, lines.Color = true, WantsColor() && !options.NoColor
		}
		logger.SetFormatter(lines)
	case "json":
		logger.SetFormatter(&logrus.JSONFormatter{})
	default:
		return fmt.Errorf("log format %q is unknown: use text, txt or json (--format)", options.Format)
	}
	logger.SetLevel(level)
	logger.SetOutput(out)
	return nil
}

package progress

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/testtty"
)

// A log has colors, and room for a clock, only on a terminal.
func TestLogsOnATerminal(t *testing.T) {
	for name, test := range map[string]struct {
		environment map[string]string
		options     Options
		elsewhere   bool // not on a terminal
		live, color bool
	}{
		"on a terminal":           {live: true, color: true},
		"in a file":               {elsewhere: true},
		"NO_COLOR":                {environment: map[string]string{"NO_COLOR": "1"}, live: true},
		"TERM=dumb":               {environment: map[string]string{"TERM": "dumb"}},
		"CI":                      {environment: map[string]string{"CI": "true"}},
		"without color by a flag": {options: Options{NoColor: true}, live: true},
		"as JSON":                 {options: Options{Format: "json"}},
		"at debug":                {options: Options{Level: "debug"}, color: true},
		"at warn":                 {options: Options{Level: "warn"}, color: true},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{"NO_COLOR", "CI"} {
				t.Setenv(variable, "")
			}
			t.Setenv("TERM", "xterm")
			for variable, value := range test.environment {
				t.Setenv(variable, value)
			}
			terminal := testtty.Open(t, 80)
			out := terminal.File
			if test.elsewhere {
				file, err := os.Create(t.TempDir() + "/log")
				if err != nil {
					t.Fatal(err)
				}
				defer file.Close()
				out = file
			}
			log, err := NewLogger(out, test.options)
			if err != nil {
				t.Fatal(err)
			}
			if got := IsLive(log); got != test.live {
				t.Errorf("IsLive is %t, want %t", got, test.live)
			}
			log.Warn("text")
			if test.elsewhere {
				return
			}
			if got := strings.Contains(terminal.Text(), "\x1b[33m"); got != test.color {
				t.Errorf("it has colors: %t, want %t", got, test.color)
			}
		})
	}
}

func TestUnknownSettingsOfLogs(t *testing.T) {
	for want, options := range map[string]Options{
		`log format "xml" is unknown`:        {Format: "xml"},
		`unknown log level "loud": use trac`: {Level: "loud", Source: "--level"},
	} {
		if _, err := NewLogger(&bytes.Buffer{}, options); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	log := logrus.New()
	if err := Configure(log, &bytes.Buffer{}, Options{Level: "warn"}); err != nil || log.Level != logrus.WarnLevel {
		t.Errorf("the level is %s (error: %v), want warn", log.Level, err)
	}
}

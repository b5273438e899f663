package progress

import (
	"bytes"
	"testing"
	"time"

	"github.com/sirupsen/logrus"
)

func TestLines(t *testing.T) {
	start := time.Date(2026, 11, 27, 9, 30, 0, 0, time.UTC)
	entry := func(level logrus.Level, fields logrus.Fields) *logrus.Entry {
		return &logrus.Entry{Level: level, Message: "text", Time: start.Add(83 * time.Second), Data: fields}
	}
	for name, test := range map[string]struct {
		lines Lines
		entry *logrus.Entry
		want  string
	}{
		"a step": {
			Lines{},
			entry(logrus.InfoLevel, logrus.Fields{Step: "check", Took: 1534 * time.Microsecond}),
			"check      text  (2ms)\n",
		},
		"fields in order": {
			Lines{}, entry(logrus.WarnLevel, logrus.Fields{"b": 2, "a": 1}), "WARN[0083] text a=1 b=2\n",
		},
		"the time of day": {
			Lines{Timestamps: true}, entry(logrus.InfoLevel, nil), "INFO[2026-11-27T09:31:23Z] text\n",
		},
		"a step in color": {
			Lines{Color: true},
			entry(logrus.InfoLevel, logrus.Fields{Step: "check"}),
			"\x1b[36mcheck     \x1b[0m text\n",
		},
		"a warning in color": {
			Lines{Color: true},
			entry(logrus.WarnLevel, logrus.Fields{"a": 1}),
			"\x1b[33mWARN\x1b[0m[0083] text \x1b[33ma\x1b[0m=1\n",
		},
		"an error in color": {
			Lines{Color: true}, entry(logrus.ErrorLevel, nil), "\x1b[31mERRO\x1b[0m[0083] text\n",
		},
		"details in color, legible on any background": {
			Lines{Color: true}, entry(logrus.DebugLevel, nil), "\x1b[2mDEBU\x1b[0m[0083] text\n",
		},
		"in the place of a clock": {
			Lines{Live: true}, entry(logrus.InfoLevel, nil), "\x1b[KINFO[0083] text\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			test.lines.Start = start
			got, err := test.lines.Format(test.entry)
			if err != nil || string(got) != test.want {
				t.Errorf("got %q, %v, want %q", got, err, test.want)
			}
		})
	}
}

// logrus lends each entry a buffer, which the line before has used.
func TestLinesOfALogger(t *testing.T) {
	var out bytes.Buffer
	log := logrus.New()
	log.SetOutput(&out)
	log.SetFormatter(Lines{Timestamps: true})
	for _, message := range []string{"the first line", "second"} {
		log.WithField(Step, "check").Info(message)
	}
	if want := "check      the first line\ncheck      second\n"; out.String() != want {
		t.Errorf("got %q, want %q", &out, want)
	}
}

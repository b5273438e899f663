package original

import (
	"encoding/json"
	"errors"
	"os"
	"strings"

	"github.com/sirupsen/logrus"
)

// message is a line of Sparta's log.
type message struct {
	Level string `json:"level"`
	Text  string `json:"msg"`
	Error string `json:"error"`
}

// read returns the lines of the log, and all other text.
func (m *messages) read() (log []message, other string) {
	for line := range strings.Lines(m.String()) {
		var entry message
		if json.Unmarshal([]byte(line), &entry) == nil && entry.Level != "" {
			log = append(log, entry)
		} else {
			other += line
		}
	}
	return log, other
}

// write writes Sparta's warnings to the log, and what it reports otherwise to the log of the level debug. The
// application's own text goes to standard error.
func (m *messages) write(logger *logrus.Logger) {
	log, other := m.read()
	_, _ = os.Stderr.WriteString(other)
	for _, entry := range log {
		level, err := logrus.ParseLevel(entry.Level)
		if err != nil || level == logrus.InfoLevel {
			level = logrus.DebugLevel
		}
		if level > logrus.ErrorLevel { // errors are in the error
			logger.Log(level, "Sparta: "+strings.TrimSpace(entry.Text+" "+entry.Error))
		}
	}
}

// failure returns the reason of a run that has failed, with what to do about it.
func (m *messages) failure(ended error) error {
	log, _ := m.read()
	var reasons []string
	for _, entry := range log {
		if entry.Level == "error" || entry.Level == "fatal" || entry.Level == "panic" {
			reasons = append(reasons, strings.TrimSpace(entry.Text+" "+entry.Error))
		}
	}
	reason := strings.Join(reasons, "; ")
	if reason == "" && ended != nil {
		reason = ended.Error()
	}
	if reason == "" {
		return errors.New("it wrote no template: main has to call sparta.Main or sparta.MainEx with its arguments")
	}
	advice := "`go run . provision --noop --s3Bucket any` must succeed without changes of the application"
	if strings.Contains(reason, "NoCredentialProviders") || strings.Contains(reason, "no valid providers") {
		advice = "the application asks AWS for something, for example a role that it names: set AWS_PROFILE or pass " +
			"-profile"
	}
	return errors.New(reason + ": " + advice)
}

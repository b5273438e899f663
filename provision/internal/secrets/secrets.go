package secrets

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/stack"
)

// Values hides values that a run knows and nobody is to read: AWS quotes what it
// was sent in the reasons it gives.
type Values struct{ replacer *strings.Replacer }

const (
	// HiddenValue stands in the place of a secret.
	HiddenValue = "****"
	// What is shorter is more often a word such as true or prod, by which a text
	// could no longer be understood.
	shortestSecret = 6
)

// New hides the values, but for those that are spoken of anyway.
func New(spoken, values []string) Values {
	values = slices.DeleteFunc(values, func(value string) bool {
		return len(value) < shortestSecret || slices.Contains(spoken, value)
	})
	// One value may be part of another.
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pairs []string
	for _, value := range slices.Compact(values) {
		pairs = append(pairs, value, HiddenValue)
		if quoted, err := json.Marshal(value); err == nil { // as it stands in a template
			if inner := string(quoted[1 : len(quoted)-1]); inner != value {
				pairs = append(pairs, inner, HiddenValue)
			}
		}
	}
	return Values{strings.NewReplacer(pairs...)}
}

// Literals are the texts in the value of an environment variable that are not
// names of something in the template.
func Literals(value any) []string {
	var found []string
	switch value := value.(type) {
	case string:
		found = append(found, value)
	case []string:
		found = append(found, value...)
	case []any:
		for _, inner := range value {
			found = append(found, Literals(inner)...)
		}
	case map[string]any:
		for key, inner := range value {
			if key == "Fn::Join" || key == "Fn::Sub" || key == "Fn::Base64" || key == "Fn::If" {
				found = append(found, Literals(inner)...)
			}
		}
	}
	return found
}

// Hide returns the text with HiddenValue in the place of each secret.
func (s Values) Hide(text string) string { return s.replacer.Replace(text) }

// discreetError is an error whose text keeps secrets.
type discreetError struct {
	text  string
	cause error
}

func (e *discreetError) Error() string { return e.text }
func (e *discreetError) Unwrap() error { return e.cause }

// HideIn keeps secrets out of an error's text, and out of what it tells of a failed stack.
func (s Values) HideIn(err error) error {
	if err == nil {
		return nil
	}
	if failure := (*stack.Failure)(nil); errors.As(err, &failure) {
		failure.Cause.Reason, failure.Advice = s.Hide(failure.Cause.Reason), s.Hide(failure.Advice)
	}
	if text := s.Hide(err.Error()); text != err.Error() {
		return &discreetError{text: text, cause: err}
	}
	return err
}

// Logger keeps secrets out of what it writes and hands to hooks, and is the same
// otherwise.
func (s Values) Logger(log *logrus.Logger) *logrus.Logger {
	discreet := &logrus.Logger{
		Out: log.Out, Formatter: log.Formatter, ReportCaller: log.ReportCaller, Level: log.GetLevel(), ExitFunc: log.ExitFunc,
		BufferPool: log.BufferPool, Hooks: logrus.LevelHooks{},
	}
	discreet.AddHook(s)
	for level, hooks := range log.Hooks {
		discreet.Hooks[level] = append(discreet.Hooks[level], hooks...)
	}
	return discreet
}

// Levels implements logrus.Hook.
func (s Values) Levels() []logrus.Level { return logrus.AllLevels }

// Fire implements logrus.Hook.
func (s Values) Fire(entry *logrus.Entry) error {
	entry.Message = s.Hide(entry.Message)
	for key, value := range entry.Data {
		if text := fmt.Sprint(value); s.Hide(text) != text {
			entry.Data[key] = s.Hide(text)
		}
	}
	return nil
}

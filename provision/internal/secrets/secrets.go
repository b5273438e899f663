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

// Values hides the secret values of a run: AWS's error messages quote what it was sent.
type Values struct{ replacer *strings.Replacer }

const (
	// HiddenValue replaces a secret.
	HiddenValue = "****"
	// A shorter value is more often a word such as true or prod, without which a text could not be understood.
	shortestSecret = 6
)

// New hides the values, except those that a run mentions anyway.
func New(mentioned, values []string) Values {
	values = slices.DeleteFunc(values, func(value string) bool {
		return len(value) < shortestSecret || slices.Contains(mentioned, value)
	})
	// One value may be part of another.
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pairs []string
	for _, value := range slices.Compact(values) {
		pairs = append(pairs, value, HiddenValue)
		if quoted, err := json.Marshal(value); err == nil { // as in a template
			if inner := string(quoted[1 : len(quoted)-1]); inner != value {
				pairs = append(pairs, inner, HiddenValue)
			}
		}
	}
	return Values{strings.NewReplacer(pairs...)}
}

// Literals are the texts in an environment variable's value that are not names of something in the template.
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

// Hide replaces each secret in a text by HiddenValue.
func (s Values) Hide(text string) string { return s.replacer.Replace(text) }

// redactedError is an error with a text that hides secrets.
type redactedError struct {
	text  string
	cause error
}

func (e *redactedError) Error() string { return e.text }
func (e *redactedError) Unwrap() error { return e.cause }

// HideIn hides secrets in an error's text, and in the fields of a *stack.Failure.
func (s Values) HideIn(err error) error {
	if err == nil {
		return nil
	}
	if failure := (*stack.Failure)(nil); errors.As(err, &failure) {
		failure.Cause.Reason, failure.Advice = s.Hide(failure.Cause.Reason), s.Hide(failure.Advice)
	}
	if text := s.Hide(err.Error()); text != err.Error() {
		return &redactedError{text: text, cause: err}
	}
	return err
}

// Logger is the same logger, but hides secrets in what it writes and passes to hooks.
func (s Values) Logger(log *logrus.Logger) *logrus.Logger {
	redacting := &logrus.Logger{
		Out:          log.Out,
		Formatter:    log.Formatter,
		ReportCaller: log.ReportCaller,
		Level:        log.GetLevel(),
		ExitFunc:     log.ExitFunc,
		BufferPool:   log.BufferPool,
		Hooks:        logrus.LevelHooks{},
	}
	redacting.AddHook(s)
	for level, hooks := range log.Hooks {
		redacting.Hooks[level] = append(redacting.Hooks[level], hooks...)
	}
	return redacting
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

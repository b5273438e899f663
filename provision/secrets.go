package provision

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/sirupsen/logrus"
)

// secrets hides values that a run knows and nobody is to read: AWS quotes what it
// was sent in the reasons it gives.
type secrets struct{ replacer *strings.Replacer }

const (
	hiddenValue = "****"
	// What is shorter is more often a word such as true or prod, by which a text
	// could no longer be understood.
	shortestSecret = 6
)

// newSecrets are those of a service's environment variables, of parameters and of
// the environment's credentials. A value that names what the run speaks of anyway
// is none.
func newSecrets(service Service, options Options) secrets {
	spoken := []string{
		service.Name, service.Description, stackName(service, options), options.S3Bucket, options.BuildID,
		cmp.Or(options.Session.Region, os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION")),
	}
	values := slices.Collect(maps.Values(options.Params))
	for _, info := range service.Functions {
		spoken = append(spoken, info.Name(), functionName(stackName(service, options), info.Name()), info.RoleName)
		if info.Options != nil {
			for _, value := range info.Options.Environment {
				values = append(values, literals(value)...)
			}
		}
	}
	for _, variable := range []string{"AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN"} {
		values = append(values, os.Getenv(variable))
	}
	values = slices.DeleteFunc(values, func(value string) bool {
		return len(value) < shortestSecret || slices.Contains(spoken, value)
	})
	// One value may be part of another.
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pairs []string
	for _, value := range slices.Compact(values) {
		pairs = append(pairs, value, hiddenValue)
		if quoted, err := json.Marshal(value); err == nil { // as it stands in a template
			if inner := string(quoted[1 : len(quoted)-1]); inner != value {
				pairs = append(pairs, inner, hiddenValue)
			}
		}
	}
	return secrets{strings.NewReplacer(pairs...)}
}

// literals are the texts in the value of an environment variable that are not
// names of something in the template.
func literals(value any) []string {
	var found []string
	switch value := value.(type) {
	case string:
		found = append(found, value)
	case []string:
		found = append(found, value...)
	case []any:
		for _, inner := range value {
			found = append(found, literals(inner)...)
		}
	case map[string]any:
		for key, inner := range value {
			if key == "Fn::Join" || key == "Fn::Sub" || key == "Fn::Base64" || key == "Fn::If" {
				found = append(found, literals(inner)...)
			}
		}
	}
	return found
}

func (s secrets) hide(text string) string { return s.replacer.Replace(text) }

// discreetError is an error whose text keeps secrets.
type discreetError struct {
	text  string
	cause error
}

func (e *discreetError) Error() string { return e.text }
func (e *discreetError) Unwrap() error { return e.cause }

// hideIn keeps secrets out of an error's text, and out of what it tells of a failed stack.
func (s secrets) hideIn(err error) error {
	if err == nil {
		return nil
	}
	if failure := (*StackFailure)(nil); errors.As(err, &failure) {
		failure.Cause.Reason, failure.Advice = s.hide(failure.Cause.Reason), s.hide(failure.Advice)
	}
	if text := s.hide(err.Error()); text != err.Error() {
		return &discreetError{text: text, cause: err}
	}
	return err
}

// logger keeps secrets out of what it writes and hands to hooks, and is the same
// otherwise.
func (s secrets) logger(log *logrus.Logger) *logrus.Logger {
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
func (s secrets) Levels() []logrus.Level { return logrus.AllLevels }

// Fire implements logrus.Hook.
func (s secrets) Fire(entry *logrus.Entry) error {
	entry.Message = s.hide(entry.Message)
	for key, value := range entry.Data {
		if text := fmt.Sprint(value); s.hide(text) != text {
			entry.Data[key] = s.hide(text)
		}
	}
	return nil
}

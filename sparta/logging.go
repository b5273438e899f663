package sparta

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/internal/expression"
)

// LambdaFunctionLoggingConfig configures a function's log. It applies to the loggers of handlers, see
// ContextKeyLogger, and to Python's logging.
type LambdaFunctionLoggingConfig struct {
	LogFormat           string `json:"logFormat,omitempty"`           // Text (the default) or JSON
	ApplicationLogLevel string `json:"applicationLogLevel,omitempty"` // TRACE to FATAL, with LogFormat JSON
	SystemLogLevel      string `json:"systemLogLevel,omitempty"`      // DEBUG, INFO or WARN, with LogFormat JSON
	// LogGroup is the name of a log group that exists or that a hook adds. Nil means the function's own, to
	// which LogRetention applies.
	LogGroup any `json:"logGroup,omitempty"`
}

var (
	logFormats           = []string{"Text", "JSON"}
	applicationLogLevels = []string{"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"}
	systemLogLevels      = []string{"DEBUG", "INFO", "WARN"}

	logGroupPattern = pattern(`^[.\-_/#A-Za-z0-9]{1,512}$`)
)

func (o *LambdaFunctionOptions) loggingProblems() []error {
	c := o.LoggingConfig
	if c == nil {
		return nil
	}
	var errs []error
	for _, setting := range []struct {
		name, value string
		known       []string
	}{
		{"log format", c.LogFormat, logFormats},
		{"application log level", c.ApplicationLogLevel, applicationLogLevels},
		{"system log level", c.SystemLogLevel, systemLogLevels},
	} {
		if setting.value != "" && !slices.Contains(setting.known, setting.value) {
			err := fmt.Errorf("%s %q is unknown: use one of %v", setting.name, setting.value, setting.known)
			errs = append(errs, err)
		}
	}
	if c.LogFormat != "JSON" && (c.ApplicationLogLevel != "" || c.SystemLogLevel != "") {
		errs = append(errs, errors.New("log levels need JSON logs: set LogFormat to JSON, or clear the levels"))
	}
	return append(errs, o.validateLogGroup())
}

func (o *LambdaFunctionOptions) validateLogGroup() error {
	group := o.LoggingConfig.LogGroup
	text, isText := expression.Text(group)
	switch {
	case group == nil:
		return nil
	case o.LogRetention != 0:
		return errors.New("LogRetention applies only to the function's own log group: " +
			"clear LogRetention or LoggingConfig.LogGroup")
	case expression.IsIntrinsic(group):
		return nil
	case !isText:
		return fmt.Errorf("log group is of type %T: use a name or a CloudFormation intrinsic", group)
	case !logGroupPattern().MatchString(text):
		return fmt.Errorf("log group %q has an invalid name: use up to 512 letters, digits and .-_/#", text)
	}
	return nil
}

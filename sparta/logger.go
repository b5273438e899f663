package sparta

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/progress"
)

// NewLogger returns a logger of the level (debug, info, warn, error and so on) that writes text to stderr.
func NewLogger(level string) (*logrus.Logger, error) {
	return NewLoggerWithFormatter(level, &logrus.TextFormatter{})
}

// NewLoggerWithFormatter returns a logger of the level that writes to stderr in a format. A nil formatter means text.
func NewLoggerWithFormatter(level string, formatter logrus.Formatter) (*logrus.Logger, error) {
	logger := logrus.New()
	parsed, err := progress.Level(level, "level")
	if err != nil {
		return nil, err
	}
	logger.SetLevel(parsed)
	if formatter != nil {
		logger.SetFormatter(formatter)
	}
	return logger, nil
}

// newLogger returns a handler's logger. Its level is SPARTA_LOG_LEVEL, or else AWS_LAMBDA_LOG_LEVEL, or else
// info. With AWS_LAMBDA_LOG_FORMAT=JSON, it writes JSON lines that Lambda can filter.
func newLogger(out io.Writer, getenv func(string) string) *logrus.Logger {
	logger := logrus.New()
	logger.SetOutput(out)
	if getenv("AWS_LAMBDA_LOG_FORMAT") == "JSON" {
		logger.SetFormatter(&lambdaFormatter{})
	}
	for _, variable := range []string{"SPARTA_LOG_LEVEL", "AWS_LAMBDA_LOG_LEVEL"} {
		value := getenv(variable)
		if value == "" {
			continue
		}
		level, err := progress.Level(value, variable)
		if err == nil {
			logger.SetLevel(level)
			break
		}
		logger.Warn(err)
	}
	return logger
}

// InvocationContext returns the context for an invocation of a handler. In it, lines of the handler's logger have the
// request's ID if Lambda's log format is JSON, and there is a logger of the request. Package cgo calls it in a library.
func InvocationContext(ctx context.Context) context.Context {
	logger, ok := ctx.Value(ContextKeyLogger).(*logrus.Logger)
	if !ok {
		return ctx
	}
	if formatter, ok := logger.Formatter.(*lambdaFormatter); ok {
		id := requestID(ctx)
		formatter.request.Store(&id)
	}
	return requestContext{ctx, logger}
}

// requestContext creates the request's logger only on demand: few functions use it, and every invocation has a context.
type requestContext struct {
	context.Context
	logger *logrus.Logger
}

// Value implements context.Context.
func (c requestContext) Value(key any) any {
	if key != ContextKeyRequestLogger {
		return c.Context.Value(key)
	}
	entry := logrus.NewEntry(c.logger)
	if invocation, ok := lambdacontext.FromContext(c.Context); ok {
		entry = entry.WithFields(logrus.Fields{
			"reqID": invocation.AwsRequestID, "arn": invocation.InvokedFunctionArn,
		})
	}
	return entry
}

func requestID(ctx context.Context) string {
	if invocation, ok := lambdacontext.FromContext(ctx); ok {
		return invocation.AwsRequestID
	}
	return ""
}

// lambdaFormatter writes the keys and level names that Lambda's log filter reads; logrus's own JSON has time,
// msg and warning.
type lambdaFormatter struct {
	request atomic.Pointer[string] // the ID of the last request that began: a process of Lambda's has one at a time
}

// Format implements logrus.Formatter.
func (f *lambdaFormatter) Format(entry *logrus.Entry) ([]byte, error) {
	line := make(map[string]any, len(entry.Data)+4)
	if id := f.requestID(entry); id != "" {
		line["requestId"] = id
	}
	for key, value := range entry.Data {
		if err, ok := value.(error); ok {
			value = err.Error() // most errors have no exported fields to marshal
		}
		line[key] = value
	}
	line["timestamp"] = entry.Time.UTC().Format(time.RFC3339Nano)
	line["level"] = lambdaLevel(entry.Level)
	line["message"] = entry.Message
	text, err := json.Marshal(line)
	if err != nil {
		return nil, fmt.Errorf("marshal log entry: %w", err)
	}
	return append(text, '\n'), nil
}

// requestID is that of the entry's own context, if it has one.
func (f *lambdaFormatter) requestID(entry *logrus.Entry) string {
	if entry.Context != nil {
		if id := requestID(entry.Context); id != "" {
			return id
		}
	}
	if id := f.request.Load(); id != nil {
		return *id
	}
	return ""
}

func lambdaLevel(level logrus.Level) string {
	switch level {
	case logrus.TraceLevel:
		return "TRACE"
	case logrus.DebugLevel:
		return "DEBUG"
	case logrus.InfoLevel:
		return "INFO"
	case logrus.WarnLevel:
		return "WARN"
	case logrus.ErrorLevel:
		return "ERROR"
	default:
		return "FATAL"
	}
}

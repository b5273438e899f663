package sparta_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/go-sparta/sparta/sparta"
	"github.com/sirupsen/logrus"
)

func getenv(variables map[string]string) func(string) string {
	return func(name string) string { return variables[name] }
}

func TestLoggerLevel(t *testing.T) {
	tests := map[string]struct {
		environment map[string]string
		want        logrus.Level
		warning     string
	}{
		"no variable":       {nil, logrus.InfoLevel, ""},
		"Lambda's variable": {map[string]string{"AWS_LAMBDA_LOG_LEVEL": "DEBUG"}, logrus.DebugLevel, ""},
		"our variable":      {map[string]string{"SPARTA_LOG_LEVEL": "warn"}, logrus.WarnLevel, ""},
		"ours overrides Lambda's": {
			map[string]string{"SPARTA_LOG_LEVEL": "error", "AWS_LAMBDA_LOG_LEVEL": "DEBUG"},
			logrus.ErrorLevel,
			"",
		},
		"an invalid level in ours": {
			map[string]string{"SPARTA_LOG_LEVEL": "loud", "AWS_LAMBDA_LOG_LEVEL": "TRACE"},
			logrus.TraceLevel,
			"SPARTA_LOG_LEVEL",
		},
		"invalid levels in both": {
			map[string]string{"SPARTA_LOG_LEVEL": "loud", "AWS_LAMBDA_LOG_LEVEL": "LOUD"},
			logrus.InfoLevel,
			"AWS_LAMBDA_LOG_LEVEL",
		},
		"an empty variable": {map[string]string{"SPARTA_LOG_LEVEL": ""}, logrus.InfoLevel, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			logger := sparta.HandlerLogger(&out, getenv(test.environment))
			if logger.GetLevel() != test.want {
				t.Errorf("level is %s, want %s", logger.GetLevel(), test.want)
			}
			if (out.Len() > 0) != (test.warning != "") || !strings.Contains(out.String(), test.warning) {
				t.Errorf("log is %q, want a warning about %q", out.String(), test.warning)
			}
		})
	}
}

func TestLoggerWritesLambdaJSON(t *testing.T) {
	var out bytes.Buffer
	logger := sparta.HandlerLogger(&out, getenv(map[string]string{"AWS_LAMBDA_LOG_FORMAT": "JSON"}))
	logger.WithError(errors.New("no such user")).WithField("count", 2).Warn("one\ntwo")
	if strings.Count(out.String(), "\n") != 1 {
		t.Fatalf("log is %q, want one line", out.String())
	}
	var line map[string]any
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatalf("log is %q: %v", out.String(), err)
	}
	if _, err := time.Parse(time.RFC3339, line["timestamp"].(string)); err != nil {
		t.Error(err)
	}
	delete(line, "timestamp")
	got, _ := json.Marshal(line)
	if want := `{"count":2,"error":"no such user","level":"WARN","message":"one\ntwo"}`; string(got) != want {
		t.Errorf("log is %s, want %s", got, want)
	}
}

// In the context of an invocation, the injected logger has the request's ID.
func TestLoggerKnowsTheRequest(t *testing.T) {
	var out bytes.Buffer
	logger := sparta.HandlerLogger(&out, getenv(map[string]string{"AWS_LAMBDA_LOG_FORMAT": "JSON"}))
	request := func(id string) context.Context {
		ctx := lambdacontext.NewContext(context.Background(), &lambdacontext.LambdaContext{AwsRequestID: id})
		return context.WithValue(ctx, sparta.ContextKeyLogger, logger)
	}
	for name, c := range map[string]struct {
		log  func()
		want any
	}{
		"before a request":      {func() { logger.Info("hello") }, nil},
		"in a request":          {func() { sparta.InvocationContext(request("a")); logger.Info("hello") }, "a"},
		"in the next":           {func() { sparta.InvocationContext(request("b")); logger.Info("hello") }, "b"},
		"in one without an ID":  {func() { sparta.InvocationContext(request("")); logger.Info("hello") }, nil},
		"with its own context":  {func() { logger.WithContext(request("c")).Info("hello") }, "c"},
		"with the user's field": {func() { logger.WithField("requestId", "mine").Info("hello") }, "mine"},
	} {
		t.Run(name, func(t *testing.T) {
			out.Reset()
			sparta.InvocationContext(request(""))
			c.log()
			var line map[string]any
			if err := json.Unmarshal(out.Bytes(), &line); err != nil {
				t.Fatalf("log is %q: %v", out.String(), err)
			}
			if line["requestId"] != c.want {
				t.Errorf("log is %s, want the ID %v", out.String(), c.want)
			}
		})
	}
}

func TestLoggerWritesText(t *testing.T) {
	var out bytes.Buffer
	sparta.HandlerLogger(&out, getenv(nil)).Info("hello")
	if !strings.Contains(out.String(), `level=info msg=hello`) {
		t.Errorf("log is %q, want the text of logrus", out.String())
	}
}

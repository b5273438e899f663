package sparta_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/sparta"
)

// The names with parts are those of Sparta 1.15.0, which stacks have.
func TestCloudFormationResourceName(t *testing.T) {
	tests := map[string]struct {
		prefix string
		parts  []string
		want   string
	}{
		"with parts":         {"Topic", []string{"a", "b"}, "Topicc0c9a35aafa6b8b52e7ed9b7aced9478a4c53312"},
		"with other letters": {"my-table..1", []string{"a"}, "myxtablex190e882ea754b686127b408a217fcd1b43d34c5be"},
		"at both ends":       {"-a-", []string{"a"}, "xax701fb8f761b3b2b34bb3180f01d940b3d15da859"},
		"without parts":      {"Queue", nil, "Queued325fcd919384f395c02751e03d2cd0288b98cca"},
	}
	for name, test := range tests {
		if got := sparta.CloudFormationResourceName(test.prefix, test.parts...); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}

func TestNewLogger(t *testing.T) {
	logger, err := sparta.NewLogger("warn")
	if err != nil || logger.GetLevel() != logrus.WarnLevel {
		t.Errorf("got a logger of %v (error: %v)", logger, err)
	}
	if _, err := sparta.NewLogger("loud"); err == nil || !strings.Contains(err.Error(), `unknown log level "loud"`) {
		t.Errorf("an unknown level: %v", err)
	}
	logger, err = sparta.NewLoggerWithFormatter("info", &logrus.JSONFormatter{})
	if _, isJSON := logger.Formatter.(*logrus.JSONFormatter); err != nil || !isJSON {
		t.Errorf("the formatter is a %T (error: %v)", logger.Formatter, err)
	}
}

// TestTheLoggerOfARequest logs in a handler with each way to find a logger.
func TestTheLoggerOfARequest(t *testing.T) {
	var out bytes.Buffer
	logger := logrus.New()
	logger.SetOutput(&out)
	logger.SetFormatter(&logrus.TextFormatter{DisableTimestamp: true})
	ctx := lambdacontext.NewContext(context.Background(), &lambdacontext.LambdaContext{
		AwsRequestID: "r-1", InvokedFunctionArn: "arn:f",
	})
	ctx = sparta.InvocationContext(context.WithValue(ctx, sparta.ContextKeyLogger, logger))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	entry, ok := ctx.Value(sparta.ContextKeyRequestLogger).(*logrus.Entry)
	if !ok {
		t.Fatal("there is no logger of the request")
	}
	entry.Info("hello")
	if got, want := out.String(), "level=info msg=hello arn=\"arn:f\" reqID=r-1\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := ctx.Value(sparta.ContextKeyLogger); got != logger {
		t.Errorf("the handler's logger is %v", got)
	}
	if got := sparta.InvocationContext(context.Background()).Value(sparta.ContextKeyRequestLogger); got != nil {
		t.Errorf("without a handler's logger, the request's is %v", got)
	}
}

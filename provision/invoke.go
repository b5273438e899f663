package provision

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/invocation"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/sparta"
)

// InvokeOptions say which function to invoke, and on what.
type InvokeOptions struct {
	commandline.Invoke
	Session SessionOptions

	Stdin  io.Reader // holds the event if Event is "-"
	Stdout io.Writer // for the response
	Stderr io.Writer // for the end of the log and, if the function fails, its error document
	Logger *logrus.Logger
}

// ErrFunction says that a function was run and failed. Its error document was written to InvokeOptions.Stderr.
var ErrFunction = errors.New("the function failed")

// Invoke runs a deployed function and waits for its answer.
func Invoke(ctx context.Context, service Service, options InvokeOptions) error {
	options.Logger = orSilent(options.Logger)
	options.Stdout, options.Stderr = orDiscard(options.Stdout), orDiscard(options.Stderr)
	event, err := invocation.Event(options.Event, "--event", options.Stdin)
	if err != nil {
		return err
	}
	info, err := choose(service.Functions, options.Function)
	if err != nil {
		return err
	}
	cfg, err := connection.Open(ctx, options.Session.connection(), options.Logger)
	if err != nil {
		return err
	}
	i := invoker{Caller: newClients(cfg, options.Logger).Caller, api: lambda.NewFromConfig(cfg)}
	function := service.functionName(stackName(service, options.Stack), info.Name())
	return i.run(ctx, function, info.Options.AliasName(), event, options)
}

// invokeAPI is the part of Lambda that runs a function.
type invokeAPI interface {
	Invoke(context.Context, *lambda.InvokeInput, ...func(*lambda.Options)) (*lambda.InvokeOutput, error)
}

type invoker struct {
	connection.Caller
	api invokeAPI
}

// run invokes the version to which an alias refers, or the newest code if the alias is empty.
func (i invoker) run(ctx context.Context, function, alias string, event []byte, options InvokeOptions) error {
	input := &lambda.InvokeInput{FunctionName: &function, Payload: event, LogType: lambdatypes.LogTypeTail}
	if alias != "" {
		input.Qualifier = &alias
	}
	var answer *lambda.InvokeOutput
	err := i.Call(ctx, "lambda:InvokeFunction", func(ctx context.Context) (err error) {
		answer, err = i.api.Invoke(ctx, input, repeatOnlyThrottled)
		return err
	})
	if connection.HasCode(err, "ResourceNotFoundException") {
		return fmt.Errorf("invoke %s: the function does not exist in AWS: provision the service first, "+
			"or check the stack's name and the region", function)
	}
	if err != nil {
		return fmt.Errorf("invoke %s: %w", function, err)
	}
	if tail, err := base64.StdEncoding.DecodeString(aws.ToString(answer.LogResult)); err == nil && len(tail) > 0 {
		if _, err := fmt.Fprintf(options.Stderr, "%s\n", bytes.TrimRight(tail, "\n")); err != nil {
			return err
		}
	}
	if answer.FunctionError != nil {
		if _, err := fmt.Fprintf(options.Stderr, "%s\n", answer.Payload); err != nil {
			return err
		}
		return fmt.Errorf("invoke %s: %w", function, ErrFunction)
	}
	return invocation.WriteAnswer(options.Stdout, answer.Payload)
}

// repeatOnlyThrottled keeps a request from being repeated if the function may have run.
func repeatOnlyThrottled(options *lambda.Options) {
	options.Retryer = connection.OnlyThrottled(options.Retryer)
}

// choose finds a function by its name, which is not necessary if there is only one.
func choose(functions []*sparta.LambdaAWSInfo, name string) (*sparta.LambdaAWSInfo, error) {
	var names []string
	for _, info := range functions {
		names = append(names, info.Name())
	}
	i, err := invocation.Function(names, name, "--function")
	if err != nil {
		return nil, err
	}
	return functions[i], nil
}

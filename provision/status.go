package provision

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/status"
)

// StatusOptions say which stack to show and how.
type StatusOptions struct {
	commandline.Status
	Session SessionOptions

	Stdout io.Writer
	Logger *logrus.Logger
}

// Status shows a service's stack: its status, its functions and its outputs.
func Status(ctx context.Context, service Service, options StatusOptions) error {
	options.Logger, options.Stdout = orSilent(options.Logger), orDiscard(options.Stdout)
	cfg, err := connection.Open(ctx, options.Session.connection(), options.Logger)
	if err != nil {
		return err
	}
	return showStatus(ctx, newClients(cfg, options.Logger).Client, lambda.NewFromConfig(cfg), service, options)
}

func showStatus(
	ctx context.Context, s stack.Client, functions status.API, service Service, options StatusOptions,
) error {
	name := stackName(service, options.Stack)
	live, err := s.Describe(ctx, name)
	if err != nil {
		return err
	}
	if live == nil {
		return fmt.Errorf("show stack %s: it does not exist: run cgo:provision, or check the name and the region", name)
	}
	current := status.Stack{
		Stack:   name,
		ID:      aws.ToString(live.StackId),
		Status:  string(live.StackStatus),
		Reason:  aws.ToString(live.StackStatusReason),
		Updated: aws.ToTime(cmp.Or(live.LastUpdatedTime, live.CreationTime)).UTC().Truncate(time.Second),
		Outputs: map[string]string{},
	}
	if current.Functions, err = status.DescribeAll(ctx, s.Caller, functions, service.functionNames(name)); err != nil {
		return err
	}
	for _, output := range live.Outputs {
		current.Outputs[aws.ToString(output.OutputKey)] = aws.ToString(output.OutputValue)
	}
	var text strings.Builder
	if options.JSON {
		err = plainjson.Write(&text, current)
	} else {
		err = current.Write(&text)
	}
	if err != nil {
		return fmt.Errorf("render the status: %w", err)
	}
	shown := text.String()
	if !options.Plaintext {
		shown = show.RedactAccount(shown, aws.ToString(stack.AccountOf(live)))
	}
	_, err = io.WriteString(options.Stdout, shown)
	return err
}

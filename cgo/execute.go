//go:build !lambdabinary

package cgo

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/invocation"
	"github.com/go-sparta/sparta/sparta"
)

func (s service) executeCommand(logger *logrus.Logger) *cobra.Command {
	var options commandline.Execute
	command := &cobra.Command{
		Use:   "execute",
		Short: "Invoke one function in this process",
		Long: "Invoke one function in this process. Its response goes to stdout, all else to stderr.\n" +
			"If it fails, its error document goes to stderr and the exit code is 1.\n" +
			"Variables of the function's environment have their values in Lambda unless the shell sets them.",
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			return s.execute(command.Context(), options, logger, command.InOrStdin(), command.OutOrStdout())
		},
	}
	cobraflags.Register(command.Flags(), &options)
	return command
}

func (s service) execute(
	ctx context.Context,
	options commandline.Execute,
	logger *logrus.Logger,
	in io.Reader,
	out io.Writer,
) error {
	description, err := s.describe()
	if err != nil {
		return err
	}
	var names []string
	for _, function := range description.Functions {
		names = append(names, function.Name)
	}
	position, err := invocation.Function(names, options.Function, "--function")
	if err != nil {
		return err
	}
	if options.Timeout < 0 {
		return fmt.Errorf("--timeout must not be negative, got %s: use 0 for the function's own", options.Timeout)
	}
	event, err := invocation.Event(options.Event, "--event", in)
	if err != nil {
		return err
	}
	function := s.functions[position]
	if err := setEnvironment(function, logger); err != nil {
		return err
	}
	response, err := localInvocation{
		service:  s.name,
		function: description.Functions[position],
		handler:  function.Handler(),
		timeout:  options.Timeout,
	}.run(context.WithValue(ctx, sparta.ContextKeyLogger, logger), event)
	if err != nil {
		return err
	}
	if !bytes.HasSuffix(response, []byte("\n")) {
		response = append(bytes.Clone(response), '\n')
	}
	if _, err := out.Write(response); err != nil {
		return fmt.Errorf("write response: %w", err)
	}
	return nil
}

// setEnvironment sets the function's variables in the process. The shell's values
// take precedence, so that a local run can use other resources.
func setEnvironment(function *sparta.LambdaAWSInfo, logger *logrus.Logger) error {
	if function.Options == nil {
		return nil
	}
	for name, value := range function.Options.Environment {
		if _, set := os.LookupEnv(name); set {
			continue
		}
		text, ok := value.(string)
		if !ok || sparta.IsDynamicReference(value) {
			logger.Warnf("environment variable %s has no value before it is deployed: "+
				"set it in the shell if the function needs it", name)
			continue
		}
		if err := os.Setenv(name, text); err != nil {
			return fmt.Errorf("set environment variable %s: %w", name, err)
		}
	}
	return nil
}

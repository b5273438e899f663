//go:build !lambdabinary

package cgo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

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
		Short: "Invoke one function in this process, or serve functions over HTTP",
		Long: "Invoke one function in this process. Its response goes to stdout, all else to stderr.\n" +
			"If it fails, its error document goes to stderr and the exit code is 1.\n" +
			"With --port, serve the API and the URLs of the functions over HTTP. The addresses go to stdout.\n" +
			"The function's environment variables have the same values as in Lambda, unless the shell sets them.",
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			if command.Flags().Changed("port") {
				for _, flag := range []string{"function", "event", "sample"} {
					if command.Flags().Changed(flag) {
						return errors.New("--port serves all functions over HTTP: " +
							"use it without --function, --event and --sample")
					}
				}
				return s.serve(command.Context(), options, logger, command.OutOrStdout())
			}
			for _, flag := range []string{"jwks", "noAuthorizers"} {
				if command.Flags().Changed(flag) {
					return fmt.Errorf("--%s is about requests over HTTP, and without --port an event is invoked: "+
						"add --port, for example --port=8080, or leave --%[1]s out", flag)
				}
			}
			if err := s.chooseEvent(command, &options.Event, options.Sample, options.Function); err != nil {
				return err
			}
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
	if err := checkTimeout(options.Timeout); err != nil {
		return err
	}
	event, err := invocation.Event(options.Event, "--event", in)
	if err != nil {
		return err
	}
	function := s.functions[position]
	sparta.ForDiscovery(s.name, s.functions)
	if _, err := setEnvironment(function, logger); err != nil {
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

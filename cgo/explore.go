//go:build !lambdabinary

package cgo

import (
	"fmt"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/explore"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/provision/local"
	"github.com/go-sparta/sparta/spartamage"
)

func (s service) exploreCommand(logger *logrus.Logger) *cobra.Command {
	var options commandline.Explore
	command := newCommand("explore", "Run the service here, and build it again after each change", &options,
		func(command *cobra.Command, _ []string) error {
			return explore.Run(command.Context(), explore.Options{
				Build:   spartamage.BuildOptions{Logger: logger},
				Service: s.deployment.Service,
				Flags:   options,
				Log:     logger,
				Out:     command.OutOrStdout(),
				Output:  command.ErrOrStderr(),

				Describe: s.local,
			})
		})
	command.Long = "Run the service here, with a console for the browser, Lambda's API, and what the service serves\n" +
		"over HTTP. It is built again after each change of its files. The addresses go to stdout, all else\n" +
		"to stderr. Ctrl-C ends it."
	return command
}

// localServiceCommand returns the hidden command that describes the service for explore.
func (s service) localServiceCommand() *cobra.Command {
	command := newCommand(commandline.LocalService, "Describe the service for explore", &struct{}{},
		func(command *cobra.Command, _ []string) error {
			described, err := s.local()
			if err != nil {
				return err
			}
			if err := described.Write(command.OutOrStdout()); err != nil {
				return fmt.Errorf("write the description: %w", err)
			}
			return nil
		})
	command.Hidden = true
	return command
}

// local describes the service for local runs.
func (s service) local() (localservice.Service, error) {
	description, err := s.describe()
	if err != nil {
		return localservice.Service{}, err
	}
	described := localservice.Of(description, s.functions)
	described.Picture, err = local.Picture(description, s.functions, s.hooks)
	return described, err
}

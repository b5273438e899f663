//go:build !lambdabinary

package cgo

import (
	"fmt"
	"net/http"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/explore"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
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
				Site:    siteHandler,
			})
		})
	command.Long = "Run the service here: Lambda's API and what the service serves over HTTP. It is built again\n" +
		"after each change of its files. The addresses go to stdout, all else to stderr. Ctrl-C ends it."
	return command
}

// siteHandler serves a site on this machine.
func siteHandler(
	site *sparta.S3Site, api *sparta.API,
) (handler http.Handler, setOutputs func(map[string]string) error, err error) {
	served, err := provision.SiteHandler(provision.Service{Site: site, API: api})
	if err != nil {
		return nil, nil, err
	}
	return served, served.SetOutputs, nil
}

// localServiceCommand returns the hidden command that describes the service for explore.
func (s service) localServiceCommand() *cobra.Command {
	command := newCommand(commandline.LocalService, "Describe the service for explore", &struct{}{},
		func(command *cobra.Command, _ []string) error {
			description, err := s.describe()
			if err != nil {
				return err
			}
			local := localservice.Of(description, s.functions)
			if err := local.Write(command.OutOrStdout()); err != nil {
				return fmt.Errorf("write the description: %w", err)
			}
			return nil
		})
	command.Hidden = true
	return command
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/explore"
	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/spartamage"
)

func exploreCommand(logging *logFlags) *cobra.Command {
	var flags commandline.Explore
	var settings commandline.BuildSettings
	command := &cobra.Command{
		Use:   "explore",
		Short: "Run the service here, and build it again after each change",
		Long: "Run the service here, with a console for the browser, Lambda's API, and what the service serves\n" +
			"over HTTP. It is built again after each change of its files. The addresses go to stdout, all else\n" +
			"to stderr. Ctrl-C ends it.",
		RunE: func(command *cobra.Command, _ []string) error {
			if err := logging.setEnvironment(command, &settings); err != nil {
				return err
			}
			return explore.Run(command.Context(), explore.Options{
				Build:  spartamage.BuildOptions{Logger: logging.log},
				Flags:  flags,
				Log:    logging.log,
				Out:    command.OutOrStdout(),
				Output: command.ErrOrStderr(),
			})
		},
	}
	cobraflags.Register(command.Flags(), &flags)
	cobraflags.Register(command.Flags(), &settings)
	return command
}

// exploreJobCommand returns the hidden command that the target cgo:explore starts.
func exploreJobCommand(logging *logFlags) *cobra.Command {
	return &cobra.Command{
		Use:    programs.ServiceCommand,
		Hidden: true,
		RunE: func(command *cobra.Command, _ []string) error {
			var job spartamage.ExploreOptions
			var mage programs.Mage
			input := json.NewDecoder(command.InOrStdin())
			if err := errors.Join(input.Decode(&job), input.Decode(&mage)); err != nil {
				return fmt.Errorf("read what to run: %w; this command is for the target cgo:explore", err)
			}
			ctx, cancel := context.WithCancel(command.Context())
			defer cancel()
			go func() {
				_, _ = io.Copy(io.Discard, command.InOrStdin()) // it is empty, and ends with the target
				cancel()
			}()
			job.Build.Logger = logging.log
			settings := func(ctx context.Context) (explore.Settings, error) {
				var changed spartamage.ExploreOptions
				text, err := mage.Settings(ctx)
				if err == nil {
					err = json.Unmarshal(text, &changed)
				}
				changed.Build.Logger = logging.log
				return explore.Settings{Build: changed.Build, Service: changed.Service}, err
			}
			return explore.Run(ctx, explore.Options{
				Build:   job.Build,
				Service: job.Service,
				Flags: commandline.Explore{
					Port: job.Port, Listen: job.Listen, Concurrency: job.Concurrency,
					Env: job.Env, EnvFile: job.EnvFile, Debug: job.Debug, NoCredentials: job.NoCredentials,
					Authorization: commandline.Authorization{JWKS: job.JWKS, NoAuthorizers: job.NoAuthorizers},
				},
				Log:      logging.log,
				Out:      command.OutOrStdout(),
				Settings: settings,
				Output:   command.ErrOrStderr(),
			})
		},
	}
}

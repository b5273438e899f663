package main

import (
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/spartamage"
)

func invokeCommand(logging *logFlags) *cobra.Command {
	var flags commandline.LocalInvoke
	var session commandline.Session
	var settings commandline.BuildSettings
	command := &cobra.Command{
		Use:   "invoke",
		Short: "Build the application and run one of its functions, here or in AWS",
		RunE: func(command *cobra.Command, _ []string) error {
			if err := logging.setEnvironment(command, &settings); err != nil {
				return err
			}
			if !command.Flags().Changed("event") {
				flags.Event = ""
			}
			return spartamage.Invoke(command.Context(), spartamage.InvokeOptions{
				Build:    spartamage.BuildOptions{Logger: logging.log},
				Function: flags.Function,
				Event:    flags.Event,
				Sample:   flags.Sample,
				Timeout:  flags.Timeout,
				Env:      flags.Env,
				Remote:   flags.Remote,

				NoCredentials: flags.NoCredentials,

				Stack:     flags.Stack,
				Profile:   session.Profile,
				Region:    session.Region,
				RoleARN:   session.RoleARN,
				MFASerial: session.MFASerial,
				Stdin:     command.InOrStdin(),
				Stdout:    command.OutOrStdout(),
				Stderr:    command.ErrOrStderr(),
			})
		},
	}
	for _, one := range []any{&flags, &session, &settings} {
		cobraflags.Register(command.Flags(), one)
	}
	return command
}

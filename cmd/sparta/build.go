package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/builder"
	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/spartamage"
)

func buildCommand(logging *logFlags) *cobra.Command {
	var flags commandline.Build
	var settings commandline.BuildSettings
	command := &cobra.Command{
		Use:   "build",
		Short: "Compile and pack the application",
		RunE: func(command *cobra.Command, _ []string) error {
			if _, err := commandline.SetEnvironment(&settings); err != nil {
				return err
			}
			artifact, err := spartamage.Build(command.Context(), spartamage.BuildOptions{Logger: logging.log})
			if err != nil {
				return err
			}
			if flags.JSON {
				return artifact.WriteJSON(command.OutOrStdout())
			}
			shown := artifact.Zip
			if here, err := os.Getwd(); err == nil {
				shown = files.Shown(here, artifact.Zip)
			}
			_, err = fmt.Fprintln(command.OutOrStdout(), shown)
			return err
		},
	}
	cobraflags.Register(command.Flags(), &flags)
	cobraflags.Register(command.Flags(), &settings)
	return command
}

func doctorCommand(logging *logFlags) *cobra.Command {
	var flags commandline.Doctor
	command := &cobra.Command{
		Use:   "doctor",
		Short: "Show what this machine lacks for a build",
		RunE: func(command *cobra.Command, _ []string) error {
			return spartamage.Doctor(command.Context(), spartamage.DoctorOptions{
				Build: spartamage.BuildOptions{Logger: logging.log},
				JSON:  flags.JSON,
				Out:   command.OutOrStdout(),
			})
		},
	}
	cobraflags.Register(command.Flags(), &flags)
	return command
}

func cleanCommand(logging *logFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "clean",
		Short: "Remove what builds have made, in .sparta and beside it",
		RunE: func(command *cobra.Command, _ []string) error {
			return builder.Clean(command.Context(), logging.log, ".")
		},
	}
}

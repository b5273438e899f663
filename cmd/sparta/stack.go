package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/spartamage"
)

func provisionCommand(logging *logFlags) *cobra.Command {
	var flags commandline.Provision
	var packaging commandline.Packaging
	var session commandline.Session
	command := &cobra.Command{
		Use:   "provision",
		Short: "Build the package and create or update the stack",
		RunE: func(command *cobra.Command, _ []string) error {
			// Parameters may be secrets, so they must not be in the arguments of a program, which other users can see.
			parameters, err := commandline.ReadFiles(flags.Params)
			if err != nil {
				return err
			}
			flags.Params = nil
			return deploy(command, logging, parameters, &flags, &packaging, &session)
		},
	}
	for _, one := range []any{&flags, &packaging, &session} {
		cobraflags.Register(command.Flags(), one)
	}
	return command
}

// stackCommands returns the deploy program's commands for stacks that exist, with the same flags.
func stackCommands(logging *logFlags) []*cobra.Command {
	var commands []*cobra.Command
	for _, stack := range []struct {
		usage, summary string
		flags          any
	}{
		{"status", "Show the stack, its functions and outputs", &commandline.Status{}},
		{"logs", "Show the functions' logs", &commandline.Logs{}},
		{"rollback [VERSION]", "Move a function's alias back to an earlier version", &commandline.Rollback{}},
		{"recover", "Continue a failed update rollback", &commandline.Recover{}},
		{"delete", "Delete the stack and wait until it is gone", &commandline.Delete{}},
	} {
		var session commandline.Session
		command := &cobra.Command{
			Use:   stack.usage,
			Short: stack.summary,
			RunE: func(command *cobra.Command, args []string) error {
				if rollback, ok := stack.flags.(*commandline.Rollback); ok && len(args) > 0 {
					if err := commandline.CheckVersion(args[0], rollback.Version); err != nil {
						return &usageError{err}
					}
					if err := command.Flags().Set("version", args[0]); err != nil {
						return err
					}
				}
				return deploy(command, logging, nil, stack.flags, &session)
			},
		}
		cobraflags.Register(command.Flags(), stack.flags)
		cobraflags.Register(command.Flags(), &session)
		commands = append(commands, command)
	}
	return append(commands, describeCommand(logging))
}

func describeCommand(logging *logFlags) *cobra.Command {
	var flags commandline.Describe
	command := &cobra.Command{
		Use:   "describe",
		Short: "Write a page that shows functions, roles and triggers",
		RunE: func(command *cobra.Command, _ []string) error {
			if page := flags.Page(); page != "" {
				if err := command.Flags().Set("out", page); err != nil {
					return err
				}
			}
			return deploy(command, logging, nil, &flags)
		},
	}
	cobraflags.Register(command.Flags(), &flags)
	return command
}

func verifyCommand(logging *logFlags) *cobra.Command {
	var flags commandline.LocalVerify
	var session commandline.Session
	var settings commandline.BuildSettings
	command := &cobra.Command{
		Use:   "verify",
		Short: "Build the last package again and compare the bytes",
		RunE: func(command *cobra.Command, _ []string) error {
			if err := logging.setEnvironment(command, &settings); err != nil {
				return err
			}
			message, err := spartamage.Verify(command.Context(), spartamage.BuildOptions{Logger: logging.log})
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintln(command.OutOrStdout(), message); err != nil || !flags.Deployed {
				return err
			}
			return deploy(command, logging, nil, &flags.Verify, &session)
		},
	}
	for _, one := range []any{&flags, &session, &settings} {
		cobraflags.Register(command.Flags(), one)
	}
	return command
}

// deploy runs the deploy program's command of the same name, with these flags.
func deploy(command *cobra.Command, logging *logFlags, parameters map[string]string, flags ...any) error {
	var args []string
	for _, one := range append(flags, logging) {
		if err := commandline.Check(one); err != nil {
			return err
		}
		args = append(args, cobraflags.Given(command.Flags(), one)...)
	}
	return spartamage.Deploy(command.Context(), command.Name(), spartamage.DeployOptions{
		Build:      spartamage.BuildOptions{Logger: logging.log},
		Args:       args,
		Parameters: parameters,
		Stdin:      command.InOrStdin(),
		Stdout:     command.OutOrStdout(),
		Stderr:     command.ErrOrStderr(),
	})
}

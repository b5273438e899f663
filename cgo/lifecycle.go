//go:build !lambdabinary

package cgo

import (
	"fmt"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/provision"
)

// lifecycleCommands are the commands for a stack that has been created.
func (s service) lifecycleCommands(logger *logrus.Logger) []*cobra.Command {
	return []*cobra.Command{
		s.statusCommand(logger),
		s.logsCommand(logger),
		s.deleteCommand(logger),
		s.invokeCommand(logger),
		s.recoverCommand(logger),
		s.rollbackCommand(logger),
	}
}

func (s service) statusCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.StatusOptions{Logger: logger}
	command := &cobra.Command{
		Use:   "status",
		Short: "Show the stack, its functions and outputs",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Stdout = command.OutOrStdout()
			return provision.Status(command.Context(), s.deployed(), options)
		},
	}
	cobraflags.Register(command.Flags(), &options)
	return command
}

func (s service) logsCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.LogsOptions{Logger: logger}
	command := &cobra.Command{
		Use:   "logs",
		Short: "Show the functions' logs",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Stdout = command.OutOrStdout()
			return provision.Logs(command.Context(), s.deployed(), options)
		},
	}
	cobraflags.Register(command.Flags(), &options)
	return command
}

func (s service) deleteCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.DeleteOptions{Logger: logger}
	command := &cobra.Command{
		Use:   "delete",
		Short: "Delete the stack and wait until it is gone",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Stdout = command.OutOrStdout()
			claimed, err := s.claimed(command.Context())
			if err != nil {
				return err
			}
			return provision.Delete(command.Context(), claimed, options)
		},
	}
	cobraflags.Register(command.Flags(), &options)
	return command
}

func (s service) invokeCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.InvokeOptions{Logger: logger}
	command := &cobra.Command{
		Use:   "invoke",
		Short: "Invoke a function in AWS",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Stdin, options.Stdout = command.InOrStdin(), command.OutOrStdout()
			options.Stderr = command.ErrOrStderr()
			return provision.Invoke(command.Context(), s.deployed(), options)
		},
	}
	cobraflags.Register(command.Flags(), &options)
	return command
}

func (s service) recoverCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.RecoverOptions{Logger: logger}
	command := &cobra.Command{
		Use:   "recover",
		Short: "Continue a failed update rollback",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			claimed, err := s.claimed(command.Context())
			if err != nil {
				return err
			}
			return provision.Recover(command.Context(), claimed, options)
		},
	}
	cobraflags.Register(command.Flags(), &options)
	return command
}

func (s service) rollbackCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.RollbackOptions{Logger: logger}
	command := &cobra.Command{
		Use:   "rollback [VERSION]",
		Short: "Move a function's alias back to an earlier version",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			options.Stdout = command.OutOrStdout()
			for _, version := range args {
				if options.Version != "" && options.Version != version {
					return fmt.Errorf("version %s and --version=%s are different: use one of them",
						version, options.Version)
				}
				options.Version = version
			}
			claimed, err := s.claimed(command.Context())
			if err != nil {
				return err
			}
			return provision.Rollback(command.Context(), claimed, options)
		},
	}
	cobraflags.Register(command.Flags(), &options)
	return command
}

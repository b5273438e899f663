//go:build !lambdabinary

package cgo

import (
	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision"
)

// lifecycleCommands returns the commands for a stack that has been created.
func (s service) lifecycleCommands(logger *logrus.Logger) []*cobra.Command {
	return []*cobra.Command{
		s.statusCommand(logger),
		s.logsCommand(logger),
		s.deleteCommand(logger),
		s.invokeCommand(logger),
		s.recoverCommand(logger),
		s.rollbackCommand(logger),
		s.verifyCommand(logger),
	}
}

func (s service) statusCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.StatusOptions{Logger: logger}
	run := func(command *cobra.Command, _ []string) error {
		options.Stdout = command.OutOrStdout()
		return provision.Status(command.Context(), s.deployed(), options)
	}
	return newCommand("status", "Show the stack, its functions and outputs", &options, run)
}

func (s service) logsCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.LogsOptions{Logger: logger}
	run := func(command *cobra.Command, _ []string) error {
		options.Stdout = command.OutOrStdout()
		return provision.Logs(command.Context(), s.deployed(), options)
	}
	return newCommand("logs", "Show the functions' logs", &options, run)
}

func (s service) deleteCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.DeleteOptions{Logger: logger}
	run := func(command *cobra.Command, _ []string) error {
		options.Stdout = command.OutOrStdout()
		deployed, err := s.withApplication(command.Context())
		if err != nil {
			return err
		}
		return provision.Delete(command.Context(), deployed, options)
	}
	return newCommand("delete", "Delete the stack and wait until it is gone", &options, run)
}

func (s service) invokeCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.InvokeOptions{Logger: logger}
	run := func(command *cobra.Command, _ []string) error {
		options.Stdin, options.Stdout = command.InOrStdin(), command.OutOrStdout()
		options.Stderr = command.ErrOrStderr()
		if err := s.chooseEvent(command, &options.Event, options.Sample, options.Function); err != nil {
			return err
		}
		return provision.Invoke(command.Context(), s.deployed(), options)
	}
	return newCommand("invoke", "Invoke a function in AWS", &options, run)
}

func (s service) recoverCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.RecoverOptions{Logger: logger}
	run := func(command *cobra.Command, _ []string) error {
		deployed, err := s.withApplication(command.Context())
		if err != nil {
			return err
		}
		return provision.Recover(command.Context(), deployed, options)
	}
	return newCommand("recover", "Continue a failed update rollback", &options, run)
}

func (s service) rollbackCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.RollbackOptions{Logger: logger}
	run := func(command *cobra.Command, args []string) error {
		options.Stdout = command.OutOrStdout()
		for _, version := range args {
			if err := commandline.CheckVersion(version, options.Version); err != nil {
				return err
			}
			options.Version = version
		}
		deployed, err := s.withApplication(command.Context())
		if err != nil {
			return err
		}
		return provision.Rollback(command.Context(), deployed, options)
	}
	command := newCommand("rollback [VERSION]", "Move a function's alias back to an earlier version", &options, run)
	command.Args = cobra.MaximumNArgs(1)
	return command
}

func (s service) verifyCommand(logger *logrus.Logger) *cobra.Command {
	options := provision.VerifyOptions{Logger: logger}
	run := func(command *cobra.Command, _ []string) error {
		options.Stdout = command.OutOrStdout()
		return s.verify(command.Context(), options)
	}
	return newCommand("verify", "Compare the code of the deployed functions with the package", &options, run)
}

//go:build !lambdabinary

package cgo

import (
	"time"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/invocation"
	"github.com/go-sparta/sparta/provision"
)

// lifecycleCommands look after a stack once it is there.
func (s service) lifecycleCommands(logger *logrus.Logger) []*cobra.Command {
	return []*cobra.Command{s.statusCommand(logger), s.logsCommand(logger), s.deleteCommand(logger), s.invokeCommand(logger), s.recoverCommand(logger)}
}

func (s service) statusCommand(logger *logrus.Logger) *cobra.Command {
	var f awsFlags
	var options provision.StatusOptions
	command := &cobra.Command{
		Use: "status", Short: "Show the stack, its functions and outputs", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Session, options.Stack, options.Stdout, options.Logger = f.session, f.stack, command.OutOrStdout(), logger
			return provision.Status(command.Context(), s.deployed(), options)
		},
	}
	f.register(command)
	command.Flags().BoolVarP(&options.Redact, "redact", "r", true, "hide the account's number")
	command.Flags().BoolVar(&options.JSON, "json", false, "write JSON")
	return command
}

func (s service) logsCommand(logger *logrus.Logger) *cobra.Command {
	var f awsFlags
	var options provision.LogsOptions
	command := &cobra.Command{
		Use: "logs", Short: "Show the functions' logs", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Session, options.Stack, options.Stdout, options.Logger = f.session, f.stack, command.OutOrStdout(), logger
			return provision.Logs(command.Context(), s.deployed(), options)
		},
	}
	f.register(command)
	flags := command.Flags()
	flags.StringVar(&options.Function, "function", "", "name of the function (default: all)")
	flags.StringVar(&options.Filter, "filter", "", "CloudWatch Logs filter pattern")
	flags.DurationVar(&options.Since, "since", 10*time.Minute, "how far back")
	flags.BoolVar(&options.Follow, "follow", false, "go on until interrupted")
	return command
}

func (s service) deleteCommand(logger *logrus.Logger) *cobra.Command {
	var f awsFlags
	var options provision.DeleteOptions
	command := &cobra.Command{
		Use: "delete", Short: "Delete the stack and wait until it is gone", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Session, options.Stack, options.Stdout, options.Logger = f.session, f.stack, command.OutOrStdout(), logger
			claimed, err := s.claimed(command.Context())
			if err != nil {
				return err
			}
			return provision.Delete(command.Context(), claimed, options)
		},
	}
	f.register(command)
	command.Flags().BoolVarP(&options.NoOp, "noop", "n", isSet("SPARTA_NOOP", "NOOP"), "show what would be deleted; SPARTA_NOOP or NOOP")
	command.Flags().DurationVar(&options.Wait, "wait", 0, "for the stack to be gone (default 15m)")
	registerAdopt(command, &options.Adopt)
	command.Flags().BoolVarP(&options.Yes, "yes", "y", false, "delete it without being asked")
	return command
}

func (s service) invokeCommand(logger *logrus.Logger) *cobra.Command {
	var f awsFlags
	var options provision.InvokeOptions
	var event string
	command := &cobra.Command{
		Use: "invoke", Short: "Invoke a function in AWS", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			var err error
			if options.Event, err = invocation.Event(event, "--event", command.InOrStdin()); err != nil {
				return err
			}
			options.Session, options.Stack, options.Logger = f.session, f.stack, logger
			options.Stdout, options.Stderr = command.OutOrStdout(), command.ErrOrStderr()
			return provision.Invoke(command.Context(), s.deployed(), options)
		},
	}
	f.register(command)
	command.Flags().StringVar(&options.Function, "function", "", "name of the function (default: the only one)")
	command.Flags().StringVar(&event, "event", "{}", "the event: JSON, @file or - for stdin")
	return command
}

func (s service) recoverCommand(logger *logrus.Logger) *cobra.Command {
	var f awsFlags
	var options provision.RecoverOptions
	command := &cobra.Command{
		Use: "recover", Short: "Go on with an update's rollback that failed", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Session, options.Stack, options.Logger = f.session, f.stack, logger
			claimed, err := s.claimed(command.Context())
			if err != nil {
				return err
			}
			return provision.Recover(command.Context(), claimed, options)
		},
	}
	f.register(command)
	command.Flags().StringSliceVar(&options.Skip, "skip", nil, "logical ids of resources to leave as they are")
	command.Flags().DurationVar(&options.Wait, "wait", 0, "for the stack to settle (default 15m)")
	registerAdopt(command, &options.Adopt)
	return command
}

// Sparta is the targets of package spartamage as a program, for modules without a magefile:
//
//	go run github.com/go-sparta/sparta/cmd/sparta@latest build
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/moduleversion"
	"github.com/go-sparta/sparta/internal/naming"
	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/programs/runner"
	"github.com/go-sparta/sparta/spartamage"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs the command that the arguments name and returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newCommand()
	root.SetArgs(cobraflags.WithTwoDashes(root, args))
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	if !errors.Is(err, spartamage.ErrDeploy) { // the deploy program has written that error
		fmt.Fprintln(stderr, "Error:", withFlags(command, asCommands(root, err.Error())))
	}
	if usage := (*usageError)(nil); errors.As(err, &usage) {
		return 2
	}
	return 1
}

// usageError reports wrong arguments.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

func newCommand() *cobra.Command {
	var logging logFlags
	root := &cobra.Command{
		Use:   "sparta",
		Short: "Sparta puts Go into AWS Lambda's managed Python runtime.",
		Long: "Sparta puts Go into AWS Lambda's managed Python runtime.\n\n" +
			"The targets' SPARTA_* variables apply, too.",
		Version:       moduleversion.Current(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          onlyCommands,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			return logging.open()
		},
		RunE: func(command *cobra.Command, _ []string) error {
			command.SetOut(command.ErrOrStderr())
			if err := command.Help(); err != nil {
				return err
			}
			return &usageError{errors.New("name a command")}
		},
	}
	root.SetVersionTemplate("sparta {{.Version}}\n") // as the command version writes it
	cobraflags.Register(root.PersistentFlags(), &logging)
	root.SetFlagErrorFunc(func(command *cobra.Command, err error) error {
		err = cobraflags.WithoutValues(command.Flags(), err)
		return &usageError{fmt.Errorf("%w: see %s --help", err, command.CommandPath())}
	})
	root.AddCommand(buildCommand(&logging), invokeCommand(&logging), exploreCommand(&logging),
		exploreJobCommand(&logging), provisionCommand(&logging))
	root.AddCommand(stackCommands(&logging)...)
	root.AddCommand(verifyCommand(&logging), doctorCommand(&logging), cleanCommand(&logging))
	root.AddCommand(versionCommand(), runFunctionCommand())
	root.AddCommand(newApplicationCommand(), initCommand(), portCommand())
	for _, command := range root.Commands() {
		switch command.Name() {
		case "rollback", "new":
			command.Args = onlyOne // the version; the name
		case "port": // folders
		default:
			command.Args = onlyFlags
		}
	}
	cobraflags.AddCompletions(root)
	return root
}

// onlyCommands returns an error if the first argument is not the name of a command.
func onlyCommands(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, command := range root.Commands() {
		if command.IsAvailableCommand() {
			names = append(names, command.Name())
		}
	}
	advice := "see sparta --help"
	if near := naming.Nearest(args[0], names); near != "" {
		advice = "did you mean " + near + "?"
	}
	return &usageError{fmt.Errorf("unknown command %q: %s", args[0], advice)}
}

// onlyFlags returns an error if a command has arguments that are not flags.
func onlyFlags(command *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &usageError{fmt.Errorf("unexpected argument %q: %s accepts only flags", args[0], command.CommandPath())}
}

// onlyOne returns an error if a command has more than one argument that is not a flag.
func onlyOne(command *cobra.Command, args []string) error {
	if len(args) <= 1 {
		return nil
	}
	return &usageError{fmt.Errorf("unexpected argument %q: use %s, with quotes around what has spaces", args[1],
		command.UseLine())}
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Show the version of this program",
		RunE: func(command *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(command.OutOrStdout(), "sparta", moduleversion.Current())
			return err
		},
	}
}

// runFunctionCommand returns the hidden command that invoke starts.
func runFunctionCommand() *cobra.Command {
	return &cobra.Command{
		Use:    programs.FunctionCommand,
		Hidden: true,
		RunE: func(command *cobra.Command, _ []string) error {
			return runner.Serve(command.Context(), command.InOrStdin(), command.OutOrStdout(), command.ErrOrStderr())
		},
	}
}

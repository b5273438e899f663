//go:build !lambdabinary

package cgo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/appcommands"
	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// service is what the application has passed to Main.
type service struct {
	name        string
	description string
	functions   []*sparta.LambdaAWSInfo
	api         *sparta.API    // nil means none
	site        *sparta.S3Site // nil means none
	hooks       *sparta.WorkflowHooks
	deployment  spartamage.Deployment // as the targets describe it
}

// streams are the standard streams of the process. Only results go to out; everything else goes to err.
type streams struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// run executes one command line. It does not write the error that it returns.
func (s service) run(ctx context.Context, args []string, std streams) error {
	root, err := s.command(std)
	if err != nil {
		return err
	}
	if len(args) > 0 && args[0] == "completion" {
		root.Use = programName() // the shell completes the program, not the service
	}
	args, err = appcommands.CommandFirst(root, cobraflags.WithTwoDashes(root, args))
	if err != nil {
		return err
	}
	root.SetArgs(args)
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	return root.ExecuteContext(ctx)
}

func (s service) command(std streams) (*cobra.Command, error) {
	var logging struct {
		commandline.Logging
		commandline.Appearance
	}
	logger := logrus.New()
	root := &cobra.Command{
		Use:           cmp.Or(s.name, "service"),
		Short:         s.description,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(command *cobra.Command, _ []string) error {
			sparta.OptionsGlobal = s.globalOptions(command, logging.Logging, logging.Appearance, logger)
			return progress.Configure(logger, std.err, progress.Options{
				Level:      logging.Level,
				Source:     "--level, SPARTA_LOG_LEVEL",
				Format:     logging.Format,
				Timestamps: logging.Timestamps,
				NoColor:    logging.NoColor,
			})
		},
	}
	cobraflags.Register(root.PersistentFlags(), &logging)
	root.SetFlagErrorFunc(func(command *cobra.Command, err error) error {
		return fmt.Errorf("%w: see %s --help", cobraflags.WithoutValues(command.Flags(), err), command.CommandPath())
	})
	root.AddCommand(s.describeCommand(), s.executeCommand(logger), s.provisionCommand(logger), s.sampleCommand(),
		versionCommand(), s.exploreCommand(logger), s.localServiceCommand())
	root.AddCommand(s.lifecycleCommands(logger)...)
	if err := sparta.ExtendCommandLine(root); err != nil {
		return nil, err
	}
	s.addCompletions(root)
	return root, nil
}

// globalOptions returns the values of a command's flags, for the application's own commands and hooks.
func (s service) globalOptions(
	command *cobra.Command, logging commandline.Logging, appearance commandline.Appearance, logger *logrus.Logger,
) sparta.GlobalOptions {
	global := appcommands.ReadGlobal(command)
	return sparta.GlobalOptions{
		ServiceName:        s.name,
		ServiceDescription: s.description,
		Noop:               global.NoOp,
		LogLevel:           logging.Level,
		LogFormat:          logging.Format,
		TimeStamps:         appearance.Timestamps,
		DisableColors:      appearance.NoColor,
		Logger:             logger,
		Command:            command.Name(),
		BuildTags:          global.BuildTags,
		LinkerFlags:        global.LDFlags,
	}
}

// report writes a command's error: a function's failure as the document that
// Lambda would return, any other error as text.
func report(out io.Writer, err error) {
	if failure := (*failure)(nil); errors.As(err, &failure) {
		fmt.Fprintln(out, failure)
		return
	}
	fmt.Fprintf(out, "Error: %v\n", err)
}

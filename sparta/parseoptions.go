//go:build !lambdabinary

package sparta

import (
	"fmt"
	"os"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/appcommands"
)

// ParseOptions reads the program's command line before cgo.Main does, so that main knows the values of the flags that
// it has added to CommandLineOptions, and sets OptionsGlobal. If a command is about to run, it calls the hook with the
// command, to check flags; the hook may be nil. It writes an error of the hook to stderr and returns it: main must then
// exit. Other errors, such as an unknown flag, are reported by cgo.Main.
//
// In Lambda it does nothing.
func ParseOptions(hook CommandLineOptionsHook) error {
	return parseOptions(os.Args[1:], hook)
}

func parseOptions(args []string, hook CommandLineOptionsHook) error {
	commands := CommandLineOptions.commands()
	err := commands.Parse(args, func(command *cobra.Command, global appcommands.Global) error {
		OptionsGlobal.set(command.Name(), global)
		if hook == nil {
			return nil
		}
		return hook(command)
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
	}
	return err
}

// set stores the values of a command's flags.
func (o *GlobalOptions) set(command string, global appcommands.Global) {
	o.Command = command
	o.Noop, o.BuildTags, o.LinkerFlags = global.NoOp, global.BuildTags, global.LDFlags
	o.LogLevel, o.LogFormat = global.Level, global.Format
	o.TimeStamps, o.DisableColors = global.Timestamps, global.NoColor
	o.Logger = logrus.New()                                        // until cgo.Main has its own
	if level, err := logrus.ParseLevel(global.Level); err == nil { // cgo.Main reports others
		o.Logger.SetLevel(level)
	}
	if global.Format == "json" {
		o.Logger.SetFormatter(&logrus.JSONFormatter{})
	}
}

// commands are the application's flags and commands.
func (c commandLine) commands() appcommands.Commands {
	own := appcommands.Commands{Root: c.Root, Own: map[string]*cobra.Command{}}
	for _, command := range []*cobra.Command{
		c.Version, c.Provision, c.Delete, c.Execute, c.Describe, c.Explore, c.Status,
	} {
		own.Own[command.Name()] = command
	}
	return own
}

// ExtendCommandLine adds the application's flags and commands in CommandLineOptions to a command line. It is for
// cgo.Main.
func ExtendCommandLine(root *cobra.Command) error { return CommandLineOptions.commands().AddTo(root) }

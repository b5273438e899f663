package appcommands

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
)

// CommandFirst moves flags that precede the command, as the original Sparta accepts them, to after the command. Flags
// of builds are dropped if the command builds nothing.
func CommandFirst(root *cobra.Command, args []string) ([]string, error) {
	var global struct {
		commandline.Logging
		commandline.Appearance
		commandline.Global
	}
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	cobraflags.Register(flags, &global)
	flags.SetInterspersed(false) // the flags of the command remain
	flags.Usage = func() {}
	if err := flags.Parse(args); err != nil || flags.NArg() == 0 {
		return args, nil // cobra shows the help, or the error
	}
	command, _, err := root.Find(flags.Args()[:1])
	if err != nil {
		return flags.Args(), nil
	}
	moved := flags.Args()[:1:1]
	flags.Visit(func(flag *pflag.Flag) {
		switch {
		case command.Flag(flag.Name) != nil:
			moved = append(moved, "--"+flag.Name+"="+flag.Value.String())
		case flag.Name == "noop" && global.NoOp && !isReadOnly(command):
			err = fmt.Errorf("%s has no --noop, and may change something: omit the flag", command.CommandPath())
		}
	})
	return append(moved, flags.Args()[1:]...), err
}

// isReadOnly reports whether a command that has no --noop never changes anything.
func isReadOnly(command *cobra.Command) bool {
	switch command.Name() {
	case "completion", "describe", "help", "logs", "status", "version", cobra.ShellCompRequestCmd:
		return true
	}
	return false
}

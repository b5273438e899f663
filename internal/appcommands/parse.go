package appcommands

import (
	"io"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
)

// Global holds the flags of the command line that concern the application, too.
type Global struct {
	commandline.Logging
	commandline.Appearance
	commandline.Global
}

// Parse reads a command line as the application will: it sets the application's flags, and calls parsed with the
// command, if it is a valid one that would run. It returns only the error of parsed, since the application's main
// function is about to report all others.
func (c Commands) Parse(args []string, parsed func(*cobra.Command, Global) error) error {
	root, global := newRoot()
	var result error
	reading := Commands{Root: &cobra.Command{}, Own: c.Own}
	reading.Root.PersistentFlags().AddFlagSet(c.Root.PersistentFlags())
	found := map[*cobra.Command]*cobra.Command{} // the application's commands, by their copies
	for _, command := range c.Root.Commands() {
		reading.Root.AddCommand(copyCommand(command, found))
	}
	root.PersistentPreRunE = func(*cobra.Command, []string) error { return nil }
	own := Commands{Root: reading.Root, Own: map[string]*cobra.Command{}}
	for name, command := range c.Own { // copies without what runs before and after the command
		flags := &cobra.Command{}
		flags.Flags().AddFlagSet(command.Flags())
		flags.Flags().AddFlagSet(command.PersistentFlags())
		own.Own[name] = flags
	}
	if own.AddTo(root) != nil {
		return nil
	}
	run := func(command *cobra.Command, _ []string) error {
		target := found[command]
		if target == nil {
			target = c.Own[command.Name()]
		}
		if target == nil {
			target = command
		}
		result = parsed(target, global.read(command))
		return nil
	}
	setRun(root.Commands(), run)
	args, err := CommandFirst(root, cobraflags.WithTwoDashes(root, args))
	if err != nil {
		return nil
	}
	root.SetArgs(args)
	root.SetOut(io.Discard)
	root.SetErr(io.Discard)
	_ = root.Execute()
	for _, flag := range c.flags() {
		if _, done := flag.Value.(once); flag.Changed && !done {
			flag.Value = once{flag.Value}
		}
	}
	return result
}

// once is the value of a flag that has been read. When the command line is read again, it stays as it is: a list or a
// counter would grow.
type once struct{ pflag.Value }

// Set implements pflag.Value.
func (once) Set(string) error { return nil }

// copyCommand returns a copy of a command that has its flags and does nothing. It adds the copy to found.
func copyCommand(command *cobra.Command, found map[*cobra.Command]*cobra.Command) *cobra.Command {
	copied := &cobra.Command{Use: command.Use, Aliases: command.Aliases, DisableFlagParsing: command.DisableFlagParsing}
	copied.Flags().AddFlagSet(command.Flags())
	copied.PersistentFlags().AddFlagSet(command.PersistentFlags())
	found[copied] = command
	for _, below := range command.Commands() {
		copied.AddCommand(copyCommand(below, found))
	}
	return copied
}

func setRun(commands []*cobra.Command, run func(*cobra.Command, []string) error) {
	for _, command := range commands {
		command.RunE, command.Args = run, cobra.ArbitraryArgs
		setRun(command.Commands(), run)
	}
}

// settings holds the values of a command line's flags.
type settings struct {
	logging struct {
		commandline.Logging
		commandline.Appearance
	}
}

// read returns the global flags of a command, wherever it has them.
func (s *settings) read(command *cobra.Command) Global {
	global := Global{Logging: s.logging.Logging, Appearance: s.logging.Appearance}
	global.Global = ReadGlobal(command)
	return global
}

// ReadGlobal returns the values of those global flags that a command has.
func ReadGlobal(command *cobra.Command) commandline.Global {
	var global commandline.Global
	global.NoOp, _ = command.Flags().GetBool("noop") // false without such a flag
	global.BuildTags, _ = command.Flags().GetString("tags")
	global.LDFlags, _ = command.Flags().GetString("ldflags")
	return global
}

// newRoot returns a root command that has Sparta's own commands with their flags.
func newRoot() (*cobra.Command, *settings) {
	s := &settings{}
	root := &cobra.Command{Use: "service", SilenceErrors: true, SilenceUsage: true}
	cobraflags.Register(root.PersistentFlags(), &s.logging)
	for name, options := range Flags() {
		command := &cobra.Command{Use: name}
		for _, flags := range options {
			cobraflags.Register(command.Flags(), flags)
		}
		root.AddCommand(command)
	}
	return root, s
}

// Flags returns the flags of Sparta's own commands, by their names.
func Flags() map[string][]any {
	session := &commandline.Session{}
	return map[string][]any{
		"delete":    {&commandline.Delete{}, session},
		"describe":  {&commandline.Describe{}},
		"execute":   {&commandline.Execute{}},
		"explore":   {&commandline.Explore{}},
		"invoke":    {&commandline.Invoke{}, session},
		"local":     {},
		"logs":      {&commandline.Logs{}, session},
		"provision": {&commandline.Provision{}, session, &commandline.Packaging{}},
		"recover":   {&commandline.Recover{}, session},
		"rollback":  {&commandline.Rollback{}, session},
		"verify":    {&commandline.Verify{}, session},
		"sample":    {&commandline.Sample{}},
		"status":    {&commandline.Status{}, session},
		"version":   {},
	}
}

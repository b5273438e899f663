package appcommands

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
)

// addGlobal adds the global flags to those of the application's commands that do not have flags of these names.
func addGlobal(commands []*cobra.Command) {
	for _, command := range commands {
		var global commandline.Global
		flags := pflag.NewFlagSet("", pflag.ContinueOnError)
		cobraflags.Register(flags, &global)
		flags.VisitAll(func(flag *pflag.Flag) {
			if command.Flag(flag.Name) != nil || shorthand(command, flag.Shorthand) != nil && flag.Shorthand != "" {
				return
			}
			command.Flags().AddFlag(flag)
		})
	}
}

// shorthand returns the flag of a command that has this letter, or nil.
func shorthand(command *cobra.Command, letter string) *pflag.Flag {
	for _, flags := range []*pflag.FlagSet{command.Flags(), command.PersistentFlags(), command.InheritedFlags()} {
		if found := flags.ShorthandLookup(letter); found != nil {
			return found
		}
	}
	return nil
}

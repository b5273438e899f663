// Package appcommands adds an application's own flags and commands to its command line.
package appcommands

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Commands are commands to which an application adds flags and commands. They do nothing by themselves.
type Commands struct {
	Root *cobra.Command            // has the application's commands, and its flags for all commands
	Own  map[string]*cobra.Command // Sparta's own commands, by name, with the flags that the application adds to them
}

// AddTo adds the application's flags and commands to a command line. It returns an error if one of them has the name
// of another.
func (c Commands) AddTo(root *cobra.Command) error {
	errs := []error{addFlags(root, root.PersistentFlags(), c.Root.PersistentFlags())}
	for _, command := range root.Commands() {
		if own := c.Own[command.Name()]; own != nil {
			errs = append(errs, addFlags(command, command.Flags(), own.Flags()),
				addFlags(command, command.Flags(), own.PersistentFlags()))
			addRuns(command, own)
		}
	}
	before := c.beforeAll(root)
	root.PersistentPreRunE = before
	for _, command := range c.Root.Commands() {
		errs = append(errs, addCommand(root, command, before))
	}
	addGlobal(c.Root.Commands())
	return errors.Join(errs...)
}

// beforeAll returns a function that runs what the command line does before every command, then what the application
// does.
func (c Commands) beforeAll(root *cobra.Command) func(*cobra.Command, []string) error {
	ours, theirs := root.PersistentPreRunE, withError(c.Root.PersistentPreRunE, c.Root.PersistentPreRun)
	return func(command *cobra.Command, args []string) error {
		if err := ours(command, args); err != nil || theirs == nil {
			return err
		}
		return theirs(command, args)
	}
}

// withError returns one function for the two with which cobra hooks are set, or nil if neither is set.
func withError(
	with func(*cobra.Command, []string) error, without func(*cobra.Command, []string),
) func(*cobra.Command, []string) error {
	if with == nil && without != nil {
		return func(command *cobra.Command, args []string) error { without(command, args); return nil }
	}
	return with
}

// addRuns makes a command call the functions that the application has set to run before and after it.
func addRuns(command, own *cobra.Command) {
	if before := withError(own.PreRunE, own.PreRun); before != nil {
		command.PreRunE = before
	}
	if after := withError(own.PostRunE, own.PostRun); after != nil {
		command.PostRunE = after
	}
}

// addFlags adds flags to those of a command. Package pflag would ignore a name that is taken, and panic for a letter.
func addFlags(command *cobra.Command, flags, added *pflag.FlagSet) error {
	var errs []error
	added.VisitAll(func(flag *pflag.Flag) {
		switch taken := flags.Lookup(flag.Name); {
		case taken == flag:
			return
		case taken != nil || command.Flag(flag.Name) != nil:
			errs = append(errs, fmt.Errorf("the application's flag --%s of %s is one of Sparta's own: "+
				"choose another name", flag.Name, command.CommandPath()))
			return
		}
		if letter := flag.Shorthand; letter != "" && shorthand(command, letter) != nil {
			errs = append(errs, fmt.Errorf("-%s of the application's flag --%s is --%s of %s: "+
				"choose another letter, or none",
				letter, flag.Name, shorthand(command, letter).Name, command.CommandPath()))
			return
		}
		flags.AddFlag(flag)
	})
	return errors.Join(errs...)
}

// addCommand adds a command of the application's.
func addCommand(root, command *cobra.Command, before func(*cobra.Command, []string) error) error {
	names := append([]string{command.Name()}, command.Aliases...)
	for _, other := range root.Commands() {
		if other != command && slices.ContainsFunc(names, func(name string) bool {
			return other.Name() == name || other.HasAlias(name)
		}) {
			return fmt.Errorf("the application's command %s is one of Sparta's own: choose another name",
				command.Name())
		}
	}
	// Cobra calls only one of the two functions.
	if own := withError(command.PersistentPreRunE, command.PersistentPreRun); own != nil {
		command.PersistentPreRun = nil
		command.PersistentPreRunE = func(command *cobra.Command, args []string) error {
			if err := before(command, args); err != nil {
				return err
			}
			return own(command, args)
		}
	}
	root.AddCommand(command)
	return nil
}

// flags lists all flags that the application has added.
func (c Commands) flags() []*pflag.Flag {
	var found []*pflag.Flag
	note := func(flag *pflag.Flag) { found = append(found, flag) }
	var visit func(*cobra.Command)
	visit = func(command *cobra.Command) {
		command.Flags().VisitAll(note)
		command.PersistentFlags().VisitAll(note)
		for _, below := range command.Commands() {
			visit(below)
		}
	}
	visit(c.Root)
	for _, name := range slices.Sorted(maps.Keys(c.Own)) {
		visit(c.Own[name])
	}
	return found
}

// Package cobraflags adds the flags that package commandline describes to commands of cobra.
package cobraflags

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/go-sparta/sparta/internal/commandline"
)

// Register adds the flags of a command, which is a pointer to its struct, and sets its fields to the defaults.
func Register(flags *pflag.FlagSet, command any) {
	for _, flag := range commandline.Flags(command) {
		flag.SetDefault()
		switch value := flag.Value.(type) {
		case *string:
			flags.StringVarP(value, flag.Name, flag.Shorthand, *value, flag.Usage)
		case *bool:
			if flag.Negated {
				flags.VarPF((*negation)(value), flag.Name, flag.Shorthand, flag.Usage).NoOptDefVal = "true"
			} else {
				flags.BoolVarP(value, flag.Name, flag.Shorthand, *value, flag.Usage)
			}
		case *time.Duration:
			flags.DurationVarP(value, flag.Name, flag.Shorthand, *value, flag.Usage)
		case *[]string:
			flags.StringSliceVarP(value, flag.Name, flag.Shorthand, *value, flag.Usage)
		case *map[string]string:
			flags.VarP(newPairs(value), flag.Name, flag.Shorthand, flag.Usage)
		}
		flags.Lookup(flag.Name).Hidden = flag.Hidden
	}
}

// Given returns the arguments that set those flags of a command that are on the command line. They are for another
// program, which has its own defaults for the other flags.
func Given(flags *pflag.FlagSet, command any) []string {
	var args []string
	for _, flag := range commandline.Flags(command) {
		if !flags.Changed(flag.Name) {
			continue
		}
		switch flag.Value.(type) {
		case *[]string, *map[string]string: // an empty list is the default
			args = append(args, flag.Arguments()...)
		default: // false or an empty text may differ from the default
			args = append(args, "--"+flag.Name+"="+flags.Lookup(flag.Name).Value.String())
		}
	}
	return args
}

// negation is the value of a flag that clears a field.
type negation bool

func (n *negation) String() string { return strconv.FormatBool(!bool(*n)) }

func (*negation) Type() string { return "bool" }

// Set implements pflag.Value.
func (n *negation) Set(text string) error {
	value, err := strconv.ParseBool(text)
	*n = negation(!value)
	return err
}

// WithTwoDashes returns the arguments with a second dash before each flag that is written like a target's: -stack=prod
// would be the flag -s with the value tack=prod.
func WithTwoDashes(root *cobra.Command, args []string) []string {
	long := map[string]bool{}
	note := func(flag *pflag.Flag) { long[flag.Name] = true }
	root.PersistentFlags().VisitAll(note)
	for _, command := range root.Commands() {
		command.Flags().VisitAll(note)
	}
	flags := slices.Clone(args)
	for i, arg := range flags {
		if arg == "--" {
			break
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(arg, "-"), "=")
		if strings.HasPrefix(arg, "-") && len(name) > 1 && long[name] {
			flags[i] = "-" + arg
		}
	}
	return flags
}

// WithoutValues returns the error of a command line without the values of flags for names and values: they may be
// secrets, and package pflag quotes them.
func WithoutValues(flags *pflag.FlagSet, err error) error {
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Value.Type() == "stringToString" && strings.Contains(err.Error(), "--"+flag.Name+`" flag: `) {
			err = fmt.Errorf("--%s has an entry that is not Name=value", flag.Name)
		}
	})
	return err
}

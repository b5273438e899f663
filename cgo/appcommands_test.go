//go:build !lambdabinary

package cgo

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/go-sparta/sparta/internal/appcommands"
	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/sparta"
)

// extended lets the test extend the command line, and removes the extensions after it.
func extended(t *testing.T) {
	t.Helper()
	before, global, args := sparta.CommandLineOptions, sparta.OptionsGlobal, os.Args
	t.Cleanup(func() { sparta.CommandLineOptions, sparta.OptionsGlobal, os.Args = before, global, args })
	sparta.CommandLineOptions.Root = &cobra.Command{}
	sparta.CommandLineOptions.Version = &cobra.Command{Use: "version"}
	sparta.CommandLineOptions.Provision = &cobra.Command{Use: "provision"}
	sparta.CommandLineOptions.Describe = &cobra.Command{Use: "describe"}
}

// runHere runs the command line as a program does: main reads it, and then cgo.Main.
func runHere(t *testing.T, hook sparta.CommandLineOptionsHook, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	os.Args = append([]string{"program"}, args...)
	if err := sparta.ParseOptions(hook); err != nil {
		return "", "", err
	}
	hello := sparta.HandleAWSLambda("hello", func() error { return nil }, sparta.IAMRoleDefinition{})
	return Run(t.Context(), []*sparta.LambdaAWSInfo{hello}, nil, "", args...)
}

func TestAnApplicationsOwnFlagsAndCommands(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string // what the hook and the command saw, or a part of the error
	}{
		"a flag of one of Sparta's commands": {
			[]string{"describe", "--json", "--table=prices"}, "hook describe prices []; before describe prices",
		},
		"a flag like a target's": {
			[]string{"describe", "-table=prices"}, "hook describe prices []; before describe prices",
		},
		"a flag of all commands": {
			[]string{"describe", "--stage", "test"}, "hook describe  []; before describe ",
		},
		"a command, and a list that is read only once": {
			[]string{"seed", "--row=a,b", "--row", "c"}, "hook seed  [a b c]; seed [a b c] noop=false info",
		},
		"global flags before a command": {
			[]string{"--noop", "-l", "debug", "seed"}, "hook seed  []; seed [] noop=true debug",
		},
		"a command below a command": {
			[]string{"seed", "undo"}, "hook undo  []; undo",
		},
		"a flag that is required": {
			[]string{"import"}, `error required flag(s) "file" not set`,
		},
		"an unknown flag": {
			[]string{"seed", "--rows=a"}, "error unknown flag: --rows: see Hello seed --help",
		},
		"a hook's error": {
			[]string{"seed", "--row=bad"}, "error row bad is invalid",
		},
	} {
		t.Run(name, func(t *testing.T) {
			extended(t)
			var table, stage, file string
			var rows, seen []string
			note := func(format string, values ...any) { seen = append(seen, fmt.Sprintf(format, values...)) }
			root, describe := sparta.CommandLineOptions.Root, sparta.CommandLineOptions.Describe
			root.PersistentFlags().StringVar(&stage, "stage", "", "stage")
			describe.Flags().StringVar(&table, "table", "", "table")
			describe.PreRun = func(command *cobra.Command, _ []string) { note("before %s %s", command.Name(), table) }
			seed := &cobra.Command{Use: "seed", RunE: func(*cobra.Command, []string) error {
				global := sparta.OptionsGlobal
				note("seed %v noop=%t %s", rows, global.Noop, global.LogLevel)
				if global.ServiceName != "Hello" || global.Logger == nil || global.Command != "seed" {
					t.Errorf("the global options are %+v", global)
				}
				return nil
			}}
			seed.Flags().StringSliceVar(&rows, "row", nil, "rows")
			seed.AddCommand(&cobra.Command{Use: "undo", Run: func(*cobra.Command, []string) { note("undo") }})
			imports := &cobra.Command{Use: "import", Run: func(*cobra.Command, []string) { note("import") }}
			imports.Flags().StringVar(&file, "file", "", "file")
			if err := imports.MarkFlagRequired("file"); err != nil {
				t.Fatal(err)
			}
			root.AddCommand(seed, imports)
			_, _, err := runHere(t, func(command *cobra.Command) error {
				note("hook %s %s %v", command.Name(), table, rows)
				if slices.Contains(rows, "bad") {
					return errors.New("row bad is invalid")
				}
				return nil
			}, test.args...)
			if err != nil {
				seen = []string{"error " + err.Error()}
			}
			if got := strings.Join(seen, "; "); got != test.want {
				t.Errorf("saw %s\nwant %s", got, test.want)
			}
			if name == "a flag of all commands" && stage != "test" {
				t.Errorf("the stage is %q", stage)
			}
		})
	}
}

func TestFlagsAndCommandsThatCannotBeAdded(t *testing.T) {
	for name, test := range map[string]struct {
		add  func()
		want string
	}{
		"a flag of a command": {
			func() { sparta.CommandLineOptions.Provision.Flags().String("stack", "", "") },
			"the application's flag --stack of Hello provision is one of Sparta's own: choose another name",
		},
		"a flag of all commands": {
			func() { sparta.CommandLineOptions.Provision.Flags().String("level", "", "") },
			"the application's flag --level of Hello provision is one of Sparta's own",
		},
		"a letter": {
			func() { sparta.CommandLineOptions.Provision.Flags().StringP("site", "s", "", "") },
			"-s of the application's flag --site is --s3Bucket of Hello provision: choose another letter, or none",
		},
		"a command": {
			func() { sparta.CommandLineOptions.Root.AddCommand(&cobra.Command{Use: "logs"}) },
			"the application's command logs is one of Sparta's own: choose another name",
		},
	} {
		t.Run(name, func(t *testing.T) {
			extended(t)
			test.add()
			if _, _, err := runHere(t, nil, "version"); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}

func TestCompletionOffersTheApplicationsCommands(t *testing.T) {
	extended(t)
	seed := &cobra.Command{Use: "seed", Run: func(*cobra.Command, []string) {}}
	seed.Flags().String("row", "", "a row")
	sparta.CommandLineOptions.Root.AddCommand(seed)
	for args, want := range map[string]string{"__complete se": "seed", "__complete seed --r": "--row"} {
		out, _, err := runHere(t, nil, strings.Fields(args)...)
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("%s: %q, error %v, want %s", args, out, err, want)
		}
	}
}

// TestParseOptionsKnowsAllFlags compares what ParseOptions reads with the existing commands.
func TestParseOptionsKnowsAllFlags(t *testing.T) {
	root := commandLine(t)
	known := map[string][]string{}
	for name, options := range appcommands.Flags() {
		known[name] = nil
		flags := pflag.NewFlagSet("", pflag.ContinueOnError)
		for _, option := range options {
			cobraflags.Register(flags, option)
		}
		flags.VisitAll(func(flag *pflag.Flag) { known[name] = append(known[name], flag.Name+" "+flag.Shorthand) })
	}
	actual := map[string][]string{}
	for _, command := range root.Commands() {
		actual[command.Name()] = nil
		command.LocalFlags().VisitAll(func(flag *pflag.Flag) {
			if root.PersistentFlags().Lookup(flag.Name) == nil {
				actual[command.Name()] = append(actual[command.Name()], flag.Name+" "+flag.Shorthand)
			}
		})
	}
	if !maps.EqualFunc(known, actual, slices.Equal) {
		t.Errorf("ParseOptions knows %v\nthe commands are  %v", known, actual)
	}
}

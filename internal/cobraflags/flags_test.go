package cobraflags

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/commandline"
)

func TestAFlagAndItsOpposite(t *testing.T) {
	tests := map[string]struct{ plaintext, refused bool }{
		"":                     {},
		"--redact":             {},
		"--redact=false":       {plaintext: true},
		"-r=0":                 {plaintext: true},
		"--plaintext":          {plaintext: true},
		"--redact --plaintext": {plaintext: true},
		"--redact=maybe":       {refused: true},
	}
	for argument, test := range tests {
		var status commandline.Status
		command := &cobra.Command{}
		Register(command.Flags(), &status)
		if err := command.ParseFlags(strings.Fields(argument)); (err != nil) != test.refused {
			t.Errorf("%q: error %v", argument, err)
		} else if err == nil && status.Plaintext != test.plaintext {
			t.Errorf("%q: Plaintext is %t, want %t", argument, status.Plaintext, test.plaintext)
		}
	}
}

func TestFlagsOfTargetsAreAcceptedWithOneDash(t *testing.T) {
	for name, test := range map[string]struct{ args, want []string }{
		"one dash": {
			[]string{"provision", "-noop", "-stack=a", "-wait", "5m"},
			[]string{"provision", "--noop", "--stack=a", "--wait", "5m"},
		},
		"two dashes": {
			[]string{"provision", "--noop", "--stack=a"},
			[]string{"provision", "--noop", "--stack=a"},
		},
		"letters":            {[]string{"provision", "-n", "-s=b", "-ny"}, []string{"provision", "-n", "-s=b", "-ny"}},
		"a negative time":    {[]string{"logs", "-since", "-5m"}, []string{"logs", "--since", "-5m"}},
		"of another command": {[]string{"logs", "-level=debug"}, []string{"logs", "--level=debug"}},
		"after two dashes":   {[]string{"logs", "--", "-stack"}, []string{"logs", "--", "-stack"}},
	} {
		t.Run(name, func(t *testing.T) {
			root := &cobra.Command{}
			Register(root.PersistentFlags(), &commandline.Logging{})
			for name, flags := range map[string]any{
				"provision": &commandline.Provision{}, "logs": &commandline.Logs{},
			} {
				command := &cobra.Command{Use: name}
				Register(command.Flags(), flags)
				root.AddCommand(command)
			}
			if got := WithTwoDashes(root, test.args); !slices.Equal(got, test.want) {
				t.Errorf("arguments are %q, want %q", got, test.want)
			}
		})
	}
}

// What is not on the command line is left to another program's defaults, and to its environment.
func TestGivenFlags(t *testing.T) {
	t.Setenv("SPARTA_STACK", "of-the-environment")
	t.Setenv("NOOP", "true")
	var flags struct {
		Provision commandline.Provision
		Status    commandline.Status
		Recover   commandline.Recover
	}
	for line, want := range map[string][]string{
		"":                         nil,
		"--noop=false --s3Bucket=": {"--noop=false", "--s3Bucket="},
		"--wait=90s -y":            {"--wait=1m30s", "--yes=true"},
		"--tag=a=1 --tag=b=2":      {"--tag=a=1", "--tag=b=2"},
		"--stack=x":                {"--stack=x"},
	} {
		command := &cobra.Command{}
		flags.Provision = commandline.Provision{}
		Register(command.Flags(), &flags.Provision)
		if flags.Provision.Stack != "of-the-environment" || !flags.Provision.NoOp {
			t.Errorf("the defaults are %+v, want the environment's", flags.Provision)
		}
		if err := command.ParseFlags(strings.Fields(line)); err != nil {
			t.Fatal(err)
		}
		got := Given(command.Flags(), &flags.Provision)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q becomes %q, want %q", line, got, want)
		}
	}
	command := &cobra.Command{}
	Register(command.Flags(), &flags.Status)
	Register(command.Flags(), &struct{ commandline.Session }{})
	if err := command.ParseFlags([]string{"--redact=false", "--region=eu-west-1"}); err != nil {
		t.Fatal(err)
	}
	if got := Given(command.Flags(), &flags.Status); !slices.Equal(got, []string{"--redact=false"}) {
		t.Errorf("the flags are %q, want those of the struct", got)
	}
	list := &cobra.Command{}
	Register(list.Flags(), &flags.Recover)
	if err := list.ParseFlags([]string{"--skip=A,B"}); err != nil {
		t.Fatal(err)
	}
	if got := Given(list.Flags(), &flags.Recover); !slices.Equal(got, []string{"--skip=A,B"}) {
		t.Errorf("the flags are %q, want a list", got)
	}
}

func TestCompletions(t *testing.T) {
	root, build := &cobra.Command{Use: "app"}, &cobra.Command{Use: "build", Run: func(*cobra.Command, []string) {}}
	Register(root.PersistentFlags(), &commandline.Logging{})
	Register(build.Flags(), &commandline.BuildSettings{})
	root.AddCommand(build)
	AddCompletions(root)
	Complete(build, "missing", "x")
	Complete(build, "python", "python3.13")
	for line, want := range map[string]string{
		"build --goarch ": "amd64\narm64\n:4\n",
		"build --python ": "python3.13\n:4\n",
		"build --level ":  "debug\ninfo\nwarn\nerror\n:4\n",
		"--level ":        "debug\ninfo\nwarn\nerror\n:4\n",
	} {
		var out strings.Builder
		root.SetOut(&out)
		root.SetArgs(append([]string{"__complete"}, strings.Split(line, " ")...))
		if err := root.Execute(); err != nil || out.String() != want {
			t.Errorf("%q is completed by %q, %v, want %q", line, &out, err, want)
		}
	}
}

// Values of parameters may be secrets, so that errors must not quote them.
func TestErrorsDoNotQuoteParameters(t *testing.T) {
	for argument, want := range map[string]string{
		"--parameter=s3cr3t":        "--parameter has an entry that is not Name=value",
		`--parameter=A=s3"cr3t,B=1`: "--parameter has an entry that is not Name=value",
		"--tag=s3cr3t":              "--tag has an entry that is not Name=value",
		"--wait=soon":               `invalid argument "soon" for "--wait" flag`,
		"--parameter=A=1":           "",
	} {
		command := &cobra.Command{}
		Register(command.Flags(), &commandline.Provision{})
		err := command.ParseFlags([]string{argument})
		if err != nil {
			err = WithoutValues(command.Flags(), err)
		}
		if (err == nil) != (want == "") || err != nil && !strings.HasPrefix(err.Error(), want) ||
			err != nil && strings.Contains(err.Error(), "cr3t") {
			t.Errorf("%s: error %v, want %q", argument, err, want)
		}
	}
}

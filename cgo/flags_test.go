//go:build !lambdabinary

package cgo

import (
	"bytes"
	"maps"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/go-sparta/sparta/internal/appcommands"
	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// fill sets each flag's field to a different value.
func fill(t *testing.T, command any) {
	t.Helper()
	for i, flag := range commandline.Flags(command) {
		switch value := flag.Value.(type) {
		case *string:
			*value = "text=" + strconv.Itoa(i)
		case *bool:
			*value = true
		case *time.Duration:
			*value = time.Duration(i+1) * time.Second
		case *[]string:
			*value = []string{"A", "B" + strconv.Itoa(i)}
		case *map[string]string:
			*value = map[string]string{"A": "1", "B": `x=1, "y"`, "C": "1,2"}
		default:
			t.Errorf("--%s is a %T, which is not supported", flag.Name, value)
		}
	}
}

// What a target passes to the deploy program arrives in the struct of the command.
func TestEveryFieldOfACommandArrives(t *testing.T) {
	commands := map[string]struct{ sent, received any }{
		"provision": {&provisionOptions{}, &provisionOptions{}},
		"status":    {&provision.StatusOptions{}, &provision.StatusOptions{}},
		"logs":      {&provision.LogsOptions{}, &provision.LogsOptions{}},
		"describe":  {&commandline.Describe{}, &commandline.Describe{}},
		"delete":    {&provision.DeleteOptions{}, &provision.DeleteOptions{}},
		"invoke":    {&provision.InvokeOptions{}, &provision.InvokeOptions{}},
		"recover":   {&provision.RecoverOptions{}, &provision.RecoverOptions{}},
		"rollback":  {&provision.RollbackOptions{}, &provision.RollbackOptions{}},
		"verify":    {&provision.VerifyOptions{}, &provision.VerifyOptions{}},
		"execute":   {&commandline.Execute{}, &commandline.Execute{}},
		"explore":   {&commandline.Explore{}, &commandline.Explore{}},
		"sample":    {&commandline.Sample{}, &commandline.Sample{}},
	}
	for _, command := range commandLine(t).Commands() {
		if command.Name() == "version" || command.Name() == commandline.LocalService {
			continue
		}
		t.Run(command.Name(), func(t *testing.T) {
			structs := commands[command.Name()]
			if structs.sent == nil {
				t.Fatal("the command has no struct in this test")
			}
			fill(t, structs.sent)
			args := commandline.Arguments(structs.sent)

			reading := &cobra.Command{}
			cobraflags.Register(reading.Flags(), structs.received)
			if err := reading.ParseFlags(args); err != nil || !reflect.DeepEqual(structs.received, structs.sent) {
				t.Errorf("%q becomes %+v (error: %v)\nwant %+v", args, structs.received, err, structs.sent)
			}
			if err := command.ParseFlags(args); err != nil {
				t.Errorf("the command refuses its own flags: %v", err)
			}
			if got, want := command.Flags().NFlag(), len(args)-repeated(structs.sent); got != want {
				t.Errorf("%d of the command's flags are set, want %d", got, want)
			}
		})
	}
}

// repeated returns how many arguments repeat a flag.
func repeated(command any) int {
	count := 0
	for _, flag := range commandline.Flags(command) {
		if entries, ok := flag.Value.(*map[string]string); ok {
			count += len(*entries) - 1
		}
	}
	return count
}

// The original Sparta accepts these flags before every command.
func TestGlobalFlagsBeforeTheCommand(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string // the error; empty means none
	}{
		"noop":                    {[]string{"--noop", "provision", "--check"}, ""},
		"noop, as a letter":       {[]string{"-n", "provision", "--check"}, ""},
		"noop, with one dash":     {[]string{"-noop", "provision", "--check"}, ""},
		"noop of delete":          {[]string{"-n", "delete", "--wait=-1s"}, "-1s"},
		"a level":                 {[]string{"-l", "debug", "provision", "--check"}, ""},
		"an unknown level":        {[]string{"-l", "loud", "provision", "--check"}, `unknown log level "loud"`},
		"a format":                {[]string{"--format", "xml", "version"}, `log format "xml" is unknown`},
		"build tags":              {[]string{"-t", "x,y", "provision", "--check"}, ""},
		"linker flags":            {[]string{"--ldflags", "-s", "provision", "--check"}, ""},
		"timestamps and no color": {[]string{"-z", "--nocolor", "provision", "--check"}, ""},
		"all of them": {
			strings.Fields("-n -l debug -f text -t x --ldflags -s -z --nocolor version"), "",
		},
		"a command that changes nothing": {[]string{"--noop", "describe"}, ""},
		"noop=false":                     {[]string{"--noop=false", "invoke", "--function=x"}, `no function "x"`},
		"noop of invoke":                 {[]string{"--noop", "invoke"}, "Hello invoke has no --noop"},
		"noop of recover":                {[]string{"-n", "recover"}, "Hello recover has no --noop"},
		"noop of execute":                {[]string{"--noop", "execute"}, "Hello execute has no --noop"},
		"an unknown flag":                {[]string{"--port", "1", "version"}, "unknown flag: --port"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{"SPARTA_LOG_LEVEL", "SPARTA_BUILD_TAGS", "SPARTA_LDFLAGS"} {
				t.Setenv(variable, "")
			}
			testaws.ClearEnvironment(t)
			testaws.SetCredentials(t)
			t.Setenv("AWS_REGION", "eu-west-1")
			hello := service{
				name: "Hello", deployment: spartamage.Deployment{Application: "example.com/hello"},
				functions: []*sparta.LambdaAWSInfo{sparta.HandleAWSLambda("f", func() {}, "role")},
			}
			var stdout, stderr bytes.Buffer
			err := hello.run(t.Context(), test.args, streams{out: &stdout, err: &stderr})
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// Flags before the command apply to it.
func TestGlobalFlagsHaveAnEffect(t *testing.T) {
	root := commandLine(t)
	args, err := appcommands.CommandFirst(root, strings.Fields("-n -l debug -t x --ldflags -s provision --tags y"))
	if err != nil {
		t.Fatal(err)
	}
	root.SetArgs(args)
	provision, _, err := root.Find([]string{"provision"})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	provision.RunE = func(command *cobra.Command, _ []string) error {
		command.Flags().Visit(func(flag *pflag.Flag) { got[flag.Name] = flag.Value.String() })
		return nil
	}
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"noop": "true", "level": "debug", "tags": "y", "ldflags": "-s"}
	if !maps.Equal(got, want) {
		t.Errorf("the flags are %v, want %v", got, want)
	}
}

// commandLine is that of an application without functions.
func commandLine(t *testing.T) *cobra.Command {
	t.Helper()
	root, err := service{name: "Hello"}.command(streams{})
	if err != nil {
		t.Fatal(err)
	}
	return root
}

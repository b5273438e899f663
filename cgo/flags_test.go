//go:build !lambdabinary

package cgo

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision"
)

// fill sets each flag's field to a value of its own.
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
		"execute":   {&executeOptions{}, &executeOptions{}},
	}
	for _, command := range (service{}).command(streams{}).Commands() {
		if command.Name() == "version" {
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
			register(reading.Flags(), structs.received)
			if err := reading.ParseFlags(args); err != nil || !reflect.DeepEqual(structs.received, structs.sent) {
				t.Errorf("%q becomes %+v (error: %v)\nwant %+v", args, structs.received, err, structs.sent)
			}
			if err := command.ParseFlags(args); err != nil {
				t.Errorf("the command refuses its own flags: %v", err)
			}
			if got, want := command.Flags().NFlag(), len(commandline.Flags(structs.sent)); got != want {
				t.Errorf("%d of the command's flags are set, want %d", got, want)
			}
		})
	}
}

func TestTheNegatedFlag(t *testing.T) {
	tests := map[string]struct{ plaintext, refused bool }{
		"":               {},
		"--redact":       {},
		"--redact=false": {plaintext: true},
		"-r=0":           {plaintext: true},
		"--redact=maybe": {refused: true},
	}
	for argument, test := range tests {
		var status commandline.Status
		command := &cobra.Command{}
		register(command.Flags(), &status)
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
			if got := withTwoDashes(service{}.command(streams{}), test.args); !slices.Equal(got, test.want) {
				t.Errorf("arguments are %q, want %q", got, test.want)
			}
		})
	}
}

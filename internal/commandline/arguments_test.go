package commandline_test

import (
	"slices"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/commandline"
)

func TestArguments(t *testing.T) {
	tests := map[string]struct {
		command any
		want    []string
	}{
		"nothing is left to the program's own defaults": {&commandline.Provision{}, nil},
		"text":   {&commandline.Logs{Filter: "ERROR"}, []string{"--filter=ERROR"}},
		"true":   {&commandline.Logs{Follow: true}, []string{"--follow"}},
		"a time": {&commandline.Logs{Since: 90 * time.Second}, []string{"--since=1m30s"}},
		"a list": {&commandline.Recover{Skip: []string{"A", "Nested.B"}}, []string{"--skip=A,Nested.B"}},
		"a map": {
			&commandline.Provision{Params: map[string]string{"B": "2", "A": "1,5"}},
			[]string{"--parameter=A=1,5", "--parameter=B=2"},
		},
		"a flag that has an opposite": {&commandline.Status{Plaintext: true}, []string{"--plaintext"}},
		"structs in a struct": {
			&struct {
				commandline.Logging
				Status commandline.Status
			}{commandline.Logging{Level: "debug"}, commandline.Status{Stack: "s"}},
			[]string{"--level=debug", "--stack=s"},
		},
		"a value that looks like a flag stays a value": {
			&commandline.Provision{BuildID: "--noop"}, []string{"--buildID=--noop"},
		},
		"what pflag would change in a map's value": {
			&commandline.Provision{Params: map[string]string{"A": `x=1,"y"`}}, []string{`--parameter==A=x=1,"y"`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := commandline.Arguments(test.command); !slices.Equal(got, test.want) {
				t.Errorf("arguments are %q, want %q", got, test.want)
			}
		})
	}
}

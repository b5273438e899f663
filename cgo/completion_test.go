//go:build !lambdabinary

package cgo_test

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

func TestTheShellCompletes(t *testing.T) {
	functions := append(function(echo), sparta.HandleAWSLambda("my-second", echo, "role"))
	for line, want := range map[string]string{
		"execute --function ": "f\nmy_second\n:4\n",
		"invoke --function ":  "f\nmy_second\n:4\n",
		"logs --function ":    "f\nmy_second\n:4\n",
		"status --level ":     "debug\ninfo\nwarn\nerror\n:4\n",
		"-f ":                 "text\njson\n:4\n",
		"prov":                "provision\tBuild the package and create or update the stack\n:4\n",
		"status --pl":         "--plaintext\tshow the account's number\n:4\n",
	} {
		args := append([]string{"__complete"}, strings.Split(line, " ")...)
		if stdout, _, err := cgo.Run(t.Context(), functions, nil, "", args...); err != nil || stdout != want {
			t.Errorf("%q is completed by %q, %v, want %q", line, stdout, err, want)
		}
	}
	// An invalid service can complete its commands all the same.
	if _, _, err := cgo.Run(t.Context(), []*sparta.LambdaAWSInfo{nil}, nil, "", "__complete", "prov"); err != nil {
		t.Error(err)
	}
}

// The script is for the name of the program, which the shell knows, as opposed to the service's.
func TestScriptsForShells(t *testing.T) {
	for shell, want := range map[string]string{
		"bash": "complete -o default -F __start_cgo.test cgo.test", "zsh": "#compdef cgo.test",
		"fish": "complete -c cgo.test", "powershell": "-CommandName 'cgo.test'",
	} {
		stdout, _, err := cgo.Run(t.Context(), function(echo), nil, "", "completion", shell)
		if err != nil || !strings.Contains(stdout, want) {
			t.Errorf("the script for %s lacks %q (error: %v):\n%.300s", shell, want, err, stdout)
		}
	}
}

package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/localrun"
)

func TestCommandLine(t *testing.T) {
	for name, test := range map[string]struct {
		args           []string
		code           int
		stdout, stderr string // parts of them
	}{
		"no command":         {nil, 2, "", "Usage:\n  sparta"},
		"an unknown command": {[]string{"deploy"}, 2, "", `unknown command "deploy": see sparta --help`},
		"a misspelt command": {[]string{"biuld"}, 2, "", `Error: unknown command "biuld": did you mean build?`},
		"help":               {[]string{"--help"}, 0, "  build        Compile and pack the application\n", ""},
		"an unknown flag": {
			[]string{"status", "--colour"}, 2, "", "unknown flag: --colour: see sparta status --help",
		},
		"an unknown builder":        {[]string{"build", "-builder=dokcer"}, 1, "", `unknown builder "dokcer"`},
		"an event that is not JSON": {[]string{"invoke", "-event={"}, 1, "", "the event of -event is not JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("SPARTA_BUILDER", "") // a flag sets it
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), test.args, strings.NewReader(""), &stdout, &stderr); code != test.code {
				t.Errorf("exit status %d, want %d", code, test.code)
			}
			if !strings.Contains(stdout.String(), test.stdout) || !strings.Contains(stderr.String(), test.stderr) {
				t.Errorf("printed %q and %q, want %q and %q", &stdout, &stderr, test.stdout, test.stderr)
			}
		})
	}
}

func TestFlagsTakePrecedenceOverTheEnvironment(t *testing.T) {
	t.Setenv("SPARTA_PACKAGE", "./elsewhere")
	t.Chdir(t.TempDir())
	var stderr bytes.Buffer
	run(t.Context(), []string{"build", "-package", "./cmd/x"}, nil, &stderr, &stderr)
	if got := os.Getenv("SPARTA_PACKAGE"); got != "./cmd/x" {
		t.Errorf("SPARTA_PACKAGE is %q", got)
	}
}

// What follows a command is its flags, with one dash or two.
func TestHelpOfCommands(t *testing.T) {
	const names = "build invoke provision status logs describe recover delete doctor clean version"
	for _, name := range strings.Fields(names) {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), []string{name, "--help"}, nil, &stdout, &stderr)
		if code != 0 || stderr.Len() > 0 || !strings.Contains(stdout.String(), "Usage:\n  sparta "+name) {
			t.Errorf("%s --help: status %d, %q, %q", name, code, &stdout, &stderr)
		}
	}
	var help, script bytes.Buffer
	run(t.Context(), []string{"--help"}, nil, &help, &help)
	if strings.Contains(help.String(), localrun.Command) {
		t.Errorf("%s is not for people", localrun.Command)
	}
	if code := run(t.Context(), []string{"completion", "bash"}, nil, &script, &help); code != 0 ||
		!strings.Contains(script.String(), "__start_sparta sparta") {
		t.Errorf("the script for bash: status %d, %.300s", code, &script)
	}
}

package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/workspace"
)

func TestCommandLine(t *testing.T) {
	for name, test := range map[string]struct {
		args           []string
		code           int
		stdout, stderr string // parts of them
	}{
		"no command":            {nil, 2, "", "Usage:\n  sparta"},
		"an unknown command":    {[]string{"deploy"}, 2, "", `unknown command "deploy": see sparta --help`},
		"a misspelt command":    {[]string{"biuld"}, 2, "", `Error: unknown command "biuld": did you mean build?`},
		"help":                  {[]string{"--help"}, 0, "  build        Compile and pack the application\n", ""},
		"the version as a flag": {[]string{"--version"}, 0, "sparta (devel)\n", ""},
		"the version":           {[]string{"version"}, 0, "sparta (devel)\n", ""},
		"an unknown flag": {
			[]string{"status", "--colour"}, 2, "", "unknown flag: --colour: see sparta status --help",
		},
		"an unknown builder": {[]string{"build", "-builder=dokcer"}, 1, "", `unknown builder "dokcer"`},
		"the log level of a command that only writes findings": {
			[]string{"doctor", "--level=loud"}, 1, "", "--level, SPARTA_LOG_LEVEL",
		},
		"the log level of clean":    {[]string{"-l", "loud", "clean"}, 1, "", "--level, SPARTA_LOG_LEVEL"},
		"a version to roll back to": {[]string{"rollback", "live"}, 1, "", `"live" is not a version`},
		"a number of versions": {
			[]string{"provision", "-keepVersions=few"}, 1, "", "-keepVersions=few (SPARTA_KEEP_VERSIONS) must be",
		},
		"a parameter without a name": {
			[]string{"provision", "-parameter=s3cr3t"},
			2, "",
			"Error: --parameter has an entry that is not Name=value: see sparta provision --help",
		},
		"an application without a name": {[]string{"new"}, 1, "", "Error: the application has no name: name it"},
		"a path for a name":             {[]string{"new", "a/b"}, 1, "", "use a name without a path"},
		"an unknown template": {
			[]string{"new", "x", "-template=qeue"}, 1, "", `unknown template "qeue": did you mean queue?`,
		},
		"a clone that is another module": {
			[]string{"init", "--replace=../../compat"},
			1, "",
			"--replace must be a clone of github.com/go-sparta/sparta: its go.mod is that of another module",
		},
		"two names":                 {[]string{"new", "a", "b"}, 2, "", `argument "b": use sparta new [NAME]`},
		"a negative time to wait":   {[]string{"delete", "-wait=-1s"}, 1, "", "-wait must not be negative"},
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

// The texts are written for targets, which have only the variables.
func TestErrorsNameTheFlagsOfTheCommand(t *testing.T) {
	dir := t.TempDir()
	const module = "module example.com/empty\n\ngo 1.21\n"
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(module), 0o644); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"build":               "or name the package with --package or SPARTA_PACKAGE (for example ./cmd/x)",
		"invoke":              "or name the package with --package or SPARTA_PACKAGE (for example ./cmd/x)",
		"provision -noop":     "or name the package with SPARTA_PACKAGE (for example ./cmd/x)",
		"build --goarch=none": "set --goarch or SPARTA_GOARCH to amd64 or arm64",
	} {
		t.Run(line, func(t *testing.T) {
			t.Chdir(dir)
			t.Setenv("SPARTA_GOARCH", "") // a flag sets it
			var stderr bytes.Buffer
			if code := run(t.Context(), strings.Fields(line), strings.NewReader(""), &stderr, &stderr); code != 1 ||
				!strings.Contains(stderr.String(), want) {
				t.Errorf("status %d, %s, want %q", code, &stderr, want)
			}
		})
	}
	excluded := "//go:build special\n\npackage main\n\nfunc main() {}\n"
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(excluded), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	var stderr bytes.Buffer
	run(t.Context(), []string{"build"}, nil, &stderr, &stderr)
	const want = "set build tags with --tags or SPARTA_BUILD_TAGS, or name the file with --package=./main.go"
	if !strings.Contains(stderr.String(), want) {
		t.Errorf("%s, want %q", &stderr, want)
	}
}

// clean has the log that its flags describe: at level error, it does not say what it waits for.
func TestCleanLogsAtItsLevel(t *testing.T) {
	t.Chdir(t.TempDir())
	for level, want := range map[string]bool{"info": true, "error": false} {
		release, err := workspace.Dir(workspace.Name).Open(t.Context(), func() {})
		if err != nil {
			t.Fatal(err)
		}
		file, err := os.Create("log")
		if err != nil {
			t.Fatal(err)
		}
		stderr := os.Stderr
		os.Stderr = file
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		run(ctx, []string{"clean", "--level=" + level}, nil, io.Discard, io.Discard)
		os.Stderr = stderr
		cancel()
		release()
		log, err := os.ReadFile("log")
		if said := strings.Contains(string(log), "Waiting for a build in .sparta"); err != nil || said != want {
			t.Errorf("level %s: %v, the log is %q", level, err, log)
		}
	}
}

// Flags after a command belong to it, and have one dash or two.
func TestHelpOfCommands(t *testing.T) {
	const names = "build invoke provision status logs describe recover delete doctor clean version new init"
	for _, name := range strings.Fields(names) {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), []string{name, "--help"}, nil, &stdout, &stderr)
		if code != 0 || stderr.Len() > 0 || !strings.Contains(stdout.String(), "Usage:\n  sparta "+name) {
			t.Errorf("%s --help: status %d, %q, %q", name, code, &stdout, &stderr)
		}
	}
	var help, script bytes.Buffer
	run(t.Context(), []string{"--help"}, nil, &help, &help)
	if strings.Contains(help.String(), programs.FunctionCommand) {
		t.Errorf("the help lists %s, which users do not run", programs.FunctionCommand)
	}
	if code := run(t.Context(), []string{"completion", "bash"}, nil, &script, &help); code != 0 ||
		!strings.Contains(script.String(), "__start_sparta sparta") {
		t.Errorf("the script for bash: status %d, %.300s", code, &script)
	}
}

// Errors that are written for targets name this program's commands.
func TestErrorsNameCommands(t *testing.T) {
	for text, want := range map[string]string{
		"there is no record: build it with cgo:build":           "there is no record: build it with sparta build",
		"run `go tool mage cgo:invoke`, or cgo:provision again": "run `sparta invoke`, or sparta provision again",
		"cgo:buildings, xcgo:build and cgo:unknown":             "cgo:buildings, xcgo:build and cgo:unknown",
	} {
		if got := asCommands(newCommand(), text); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	t.Chdir(t.TempDir())
	for name, content := range map[string]string{
		"go.mod":  "module example.com/app\n\ngo 1.24\n",
		"main.go": "package main\n\nfunc main() {}\n",
	} {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var stderr bytes.Buffer
	run(t.Context(), []string{"verify"}, strings.NewReader(""), &bytes.Buffer{}, &stderr)
	if text := stderr.String(); !strings.HasSuffix(text, "build it with sparta build\n") {
		t.Errorf("verify says %s", text)
	}
}

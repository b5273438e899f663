package original

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/process"
)

// searchPath is the variable that has the PATH for the programs that a substitute replaces.
const searchPath = "ORIGINAL_SEARCH_PATH"

// substituted are the programs with which Sparta compiles a function's program: go or, for applications with cgo,
// docker.
var substituted = []string{"go", "docker"}

// Substitute reports whether this program was started in place of go or docker, and does their work. Sparta compiles
// the program of functions before it renders the template. That takes long, and the program is not used: an empty file
// takes its place. All other commands are those of the real programs.
func Substitute(ctx context.Context, args []string) (exitCode int, substitutes bool) {
	name := strings.TrimSuffix(filepath.Base(args[0]), ".exe")
	path, inside := os.LookupEnv(searchPath)
	if !inside || !slices.Contains(substituted, name) {
		return 0, false
	}
	err := os.Setenv("PATH", path)
	if output := output(args[1:]); err == nil && output != "" {
		err = os.WriteFile(output, nil, 0o600)
	} else if err == nil {
		cmd := process.Command(ctx, name, args[1:]...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
		err = cmd.Run()
	}
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return exit.ExitCode(), true
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		return 1, true
	}
	return 0, true
}

// output returns the file that a command would compile a program of functions into, or nothing.
func output(args []string) string {
	build := slices.Index(args, "build")
	out := slices.Index(args, "-o")
	tags := slices.Index(args, "-tags")
	if build < 0 || out < build || tags < build || out+1 >= len(args) || tags+1 >= len(args) {
		return ""
	}
	if build > 0 && args[0] != "run" || build > 0 && args[build-1] != "go" {
		return "" // docker run … golang:1.26 go build …
	}
	if !slices.Contains(strings.Fields(strings.ReplaceAll(args[tags+1], ",", " ")), "lambdabinary") {
		return ""
	}
	return args[out+1]
}

// addSubstitutes makes a folder with substitutes of go and docker, which are this program.
func addSubstitutes(folder string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, name := range substituted {
		path := filepath.Join(folder, name+filepath.Ext(self))
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if os.Symlink(self, path) == nil {
			continue
		}
		content, err := os.ReadFile(self) // Windows allows links to administrators only
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o755); err != nil {
			return err
		}
	}
	return nil
}

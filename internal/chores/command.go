package chores

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/go-sparta/sparta/internal/process"
)

// Command is a program to run, without a shell.
type Command struct {
	Dir  string   // empty means the current directory
	Env  []string // NAME=value pairs on top of this process's environment
	Args []string // the program and its arguments
}

// Go returns a command that runs the go command.
func Go(args ...string) Command {
	return Command{Args: append([]string{"go"}, args...)}
}

// Tool returns a command that runs one of the tools whose versions tools/go.mod pins.
func Tool(args ...string) Command {
	return Go(append([]string{"tool", "-modfile=tools/go.mod"}, args...)...)
}

// Flag returns the flag of a program for one of a target, if it is set.
func Flag[T any](name string, value *T) []string {
	if value == nil {
		return nil
	}
	return []string{fmt.Sprintf("-%s=%v", name, *value)}
}

// In returns the command with dir as its working directory.
func (c Command) In(dir string) Command {
	c.Dir = dir
	return c
}

// With returns the command with more NAME=value pairs in its environment.
func (c Command) With(env ...string) Command {
	c.Env = append(append([]string(nil), c.Env...), env...)
	return c
}

// String returns the command as a user would type it in a POSIX shell.
func (c Command) String() string {
	var words []string
	for _, word := range append(append([]string(nil), c.Env...), c.Args...) {
		if word == "" || strings.ContainsAny(word, " \t\n\"'`$&|;<>(){}[]*?!#~\\") {
			word = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// Run runs the command to its end. When ctx ends first, the command is interrupted and, if that
// does not end it within 4 s, killed.
func (c Command) Run(ctx context.Context, stdout, stderr io.Writer) error {
	cmd := process.Command(ctx, c.Args[0], c.Args[1:]...)
	cmd.Dir = c.Dir
	cmd.Env = append(os.Environ(), c.Env...)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("run %s: %w", c, err)
	}
	return nil
}

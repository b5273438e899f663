// Sparta builds, runs and deploys a Go application for Lambda's Python runtime without a magefile:
//
//	go run github.com/go-sparta/sparta/cmd/sparta@latest build
//
// It is also what the targets of spartamage start to run functions. It has no AWS SDK: deployments run in a program
// of their own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/go-sparta/sparta/internal/moduleversion"
	"github.com/go-sparta/sparta/spartamage"
)

// command is one verb of the command line.
type command struct {
	name    string
	summary string
	run     func(ctx context.Context, args []string) error
}

var commands = []command{
	{"build", "compile and pack the application", build},
	{"invoke", "build it and run one of its functions, here or in AWS", invoke},
	{"provision", "build it and create or update its stack", deploy("provision")},
	{"status", "show the stack, its functions and its outputs", deploy("status")},
	{"logs", "show what the functions have logged", deploy("logs")},
	{"describe", "write a page that shows functions, roles and triggers", describe},
	{"rollback", "move a function's alias back to an earlier version", deploy("rollback")},
	{"recover", "continue a failed update rollback", deploy("recover")},
	{"delete", "delete the stack", deploy("delete")},
	{"doctor", "show what this machine lacks for a build", doctor},
	{"clean", "remove .sparta and what failed builds left beside it", clean},
	{"version", "print the version of this program", version},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run runs the command that the arguments name and returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		usage(stderr)
		return 2
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		usage(stdout)
		return 0
	case runFunctionCommand:
		return status(runFunction(ctx, os.Stdin, stdout, stderr), stderr)
	}
	for _, command := range commands {
		if command.name == args[0] {
			return status(command.run(ctx, args[1:]), stderr)
		}
	}
	fmt.Fprintf(stderr, "Error: unknown command %q\n\n", args[0])
	usage(stderr)
	return 2
}

func status(err error, stderr io.Writer) int {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		return 2
	case !errors.Is(err, spartamage.ErrDeploy): // the deploy program has written that error
		fmt.Fprintln(stderr, "Error:", err)
	}
	return 1
}

func usage(out io.Writer) {
	fmt.Fprint(out, "Sparta puts Go into AWS Lambda's managed Python runtime.\n\nUsage: sparta COMMAND [flags]\n\n")
	for _, command := range commands {
		fmt.Fprintf(out, "  %-10s %s\n", command.name, command.summary)
	}
	fmt.Fprint(out, "\n`sparta COMMAND -h` lists a command's flags. The targets' SPARTA_* variables apply, too.\n")
}

func version(_ context.Context, args []string) error {
	if err := parse(flag.NewFlagSet("version", flag.ContinueOnError), args); err != nil {
		return err
	}
	_, err := fmt.Println("sparta", moduleversion.Current())
	return err
}

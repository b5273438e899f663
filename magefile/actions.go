package spartamage

import (
	"context"
	"os"
	"os/signal"

	"github.com/magefile/mage/mg"

	"github.com/go-sparta/sparta/internal/process"
	"github.com/go-sparta/sparta/spartamage"
)

// run calls a function with a context that Ctrl-C ends. The original's functions have none.
func run(action func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return action(ctx)
}

// SpartaCommand runs a command of the application, such as provision, with its arguments.
func SpartaCommand(commandParts ...string) error {
	return command("go", append([]string{"run", "."}, commandParts...)...)
}

// Provision builds the application and creates or updates its stack.
func Provision() error {
	return run(func(ctx context.Context) error {
		return spartamage.Provision(ctx, spartamage.ProvisionOptions{})
	})
}

// Describe writes graph.html, which shows functions, roles and triggers.
func Describe() error { return deploy("describe", "--out", "graph.html") }

// Delete deletes the stack and waits until it is gone.
func Delete() error { return deploy("delete") }

// Status shows the stack, its functions and its outputs, without the account's number unless plaintext is true.
func Status(plaintext ...bool) error {
	if len(plaintext) > 0 && plaintext[0] {
		return deploy("status", "--plaintext")
	}
	return deploy("status")
}

// deploy runs a command of the deploy program.
func deploy(name string, arguments ...string) error {
	return run(func(ctx context.Context) error {
		return spartamage.Deploy(ctx, name, spartamage.DeployOptions{Args: arguments})
	})
}

// Version shows the version of Sparta that the service is built with.
func Version() error { return SpartaCommand("version") }

// Explore runs the service on this machine, and builds it again after each change.
func Explore() error { return SpartaCommand("explore") }

// Test runs the tests of the package in this folder.
func Test() error {
	if mg.Verbose() {
		return command("go", "test", "-v", ".")
	}
	return command("go", "test", ".")
}

// command runs a command with the terminal of this process.
func command(name string, arguments ...string) error {
	return run(func(ctx context.Context) error {
		cmd := process.Command(ctx, name, arguments...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
		return cmd.Run()
	})
}

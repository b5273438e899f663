// Spartarun runs functions for targets, which start it. It is separate from cmd/sparta because every module with a
// magefile requires its dependencies.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/go-sparta/sparta/internal/localrun"
	"github.com/go-sparta/sparta/internal/localrun/runner"
)

func main() {
	if len(os.Args) != 2 || os.Args[1] != localrun.Command {
		fmt.Fprintln(os.Stderr, "Error: this program is for the target cgo:invoke, which starts it")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := runner.Serve(ctx, os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

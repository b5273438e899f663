// Spartarun runs functions, and makes applications, for targets, which start it. It is separate from cmd/sparta because
// every module with a magefile requires its dependencies.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/programs/runner"
	"github.com/go-sparta/sparta/internal/scaffold"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	switch {
	case len(os.Args) == 2 && os.Args[1] == programs.FunctionCommand:
		err = runner.Serve(ctx, os.Stdin, os.Stdout, os.Stderr)
	case len(os.Args) == 3 && os.Args[1] == programs.NewCommand:
		err = newApplication(ctx, os.Args[2])
	default:
		fmt.Fprintln(os.Stderr, "Error: this program is for the targets cgo:invoke and cgo:new, which start it")
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

// newApplication makes the application that a target describes.
func newApplication(ctx context.Context, description string) error {
	var application programs.NewApplication
	if err := json.Unmarshal([]byte(description), &application); err != nil {
		return fmt.Errorf("read the description of the application: %w", err)
	}
	return scaffold.Run(ctx, scaffold.Options{
		Dir:      ".",
		Name:     application.Name,
		Template: application.Template,
		Module:   application.Module,
		Source:   scaffold.Source{Version: application.Version, Folder: application.Clone},
	}, os.Stdin, os.Stdout, os.Stderr)
}

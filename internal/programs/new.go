package programs

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/process"
	"github.com/go-sparta/sparta/internal/workspace"
)

// NewCommand is the command of the program Run that makes an application. Its argument is a NewApplication, as JSON.
const NewCommand = "new"

// NewApplication says which application to make, in the working directory.
type NewApplication struct {
	Name, Template, Module string

	Version, Clone string // where the application finds this module
}

// StartNew makes an application with the program Run: the templates are not compiled into magefiles. The program uses
// this process's terminal.
func StartNew(ctx context.Context, w workspace.Dir, application NewApplication, log *logrus.Logger) error {
	program, err := LockedPath(ctx, w, Run, log)
	if err != nil {
		return err
	}
	application.Version, application.Clone = Module()
	argument, err := json.Marshal(application)
	if err != nil {
		return err
	}
	cmd := process.Command(ctx, program, NewCommand, string(argument))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := process.Explain(ctx, cmd.Run()); err != nil { // the program has written the reason
		return fmt.Errorf("the application %s was not made: %w", application.Name, err)
	}
	return nil
}

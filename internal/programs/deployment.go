package programs

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/process"
)

// Deployment is a run of a deploy program.
type Deployment struct {
	Path, Dir string // of the program, and where it runs
	Command   string
	Args      []string
	Variables []string // NAME=value, in addition to the environment
	Done      string   // path of the file that it creates when it has succeeded
}

// ErrDeploy reports that a deploy program failed. It has written the reason to its standard error.
var ErrDeploy = errors.New("see the error above")

// Check lets the deploy program check the service and the flags. The program's messages are written to stderr only if
// it fails, since it writes the others again when it runs.
func (d Deployment) Check(ctx context.Context, stderr io.Writer) (report commandline.CheckReport, err error) {
	var out, messages bytes.Buffer
	cmd := d.command(ctx, append([]string{"--check"}, d.Args...))
	cmd.Stdout, cmd.Stderr = &out, &messages
	if err := d.result(ctx, cmd.Run()); err != nil {
		_, _ = stderr.Write(messages.Bytes())
		return report, err
	}
	text := strings.TrimSpace(out.String()) // an application may print before it calls cgo.Main
	if err := json.Unmarshal([]byte(text[strings.LastIndex(text, "\n")+1:]), &report); err != nil {
		report.Builds = true // the program did something else, for example --help
	}
	return report, nil
}

// Run runs the deploy program.
func (d Deployment) Run(ctx context.Context, stdin io.Reader, stdout, stderr io.Writer) error {
	cmd := d.command(ctx, d.Args)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, stdout, stderr
	err := cmd.Run()
	if cmd.ProcessState != nil && cmd.ProcessState.Success() {
		err = nil // it was interrupted, which is how logs --follow ends
	}
	return d.result(ctx, err)
}

func (d Deployment) command(ctx context.Context, args []string) *exec.Cmd {
	cmd := process.Command(ctx, d.Path, append([]string{d.Command}, args...)...)
	cmd.Dir = d.Dir
	cmd.Env = append(os.Environ(), d.Variables...)
	return cmd
}

// result returns the error of a deploy program that has ended with err.
func (d Deployment) result(ctx context.Context, err error) error {
	if exit := new(exec.ExitError); errors.As(err, &exit) && (ctx.Err() == nil || exit.Exited()) {
		return ErrDeploy // which an interrupted program reports, too, unless the signal has ended it
	}
	if err != nil {
		return process.Explain(ctx, err)
	}
	if err := os.Remove(d.Done); err != nil {
		return errors.New("main, or a hook, ended the program before the command was done: main has to call " +
			"cgo.Main, and nothing may call os.Exit before that returns")
	}
	return nil
}

// Confirm creates a file with which a deploy program reports to the targets that its command has succeeded. Without a
// path, nobody waits for the report.
func Confirm(path string) error {
	if path == "" {
		return nil
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return fmt.Errorf("report that the command has succeeded: %w", err)
	}
	return nil
}

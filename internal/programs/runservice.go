package programs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/go-sparta/sparta/internal/process"
)

// ErrExplore reports that the program that runs a service has failed. It has written the reason to its standard error.
var ErrExplore = errors.New("the program that runs the service has failed")

// settingsVariable has a target write its settings and end, instead of running the service.
const settingsVariable = "MAGEFILE_EXPLORE_SETTINGS"

// settingsMark begins the line of the settings: a magefile may write to its standard output, too.
const settingsMark = "sparta explore settings: "

// RunService runs a service in another program, which ends when its standard input does. The input, which is JSON, says
// what to run: it may have secrets. The program also gets the arguments of this one, see Settings.
func RunService(
	ctx context.Context, locate func() (program string, err error), dir string, input []byte, stdout, stderr io.Writer,
) error {
	if os.Getenv(settingsVariable) != "" {
		_, err := fmt.Fprintf(stdout, "\n%s%s\n", settingsMark, input) // what precedes it may have no end of a line
		return err
	}
	program, err := locate()
	if err != nil {
		return fmt.Errorf("explore: %w", err)
	}
	cmd := process.Command(ctx, program, ServiceCommand)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, stdout, stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	encoder := json.NewEncoder(stdin)
	for _, document := range []any{json.RawMessage(input), mageArguments()} {
		_ = encoder.Encode(document) // if the program ends early, Wait returns the reason
	}
	if err := cmd.Wait(); err != nil && ctx.Err() == nil {
		return ErrExplore
	}
	return nil
}

// Mage is how mage was called.
type Mage struct {
	Dir  string // the working directory
	Args []string
}

func mageArguments() Mage {
	dir, _ := os.Getwd() // without it, Settings fails
	return Mage{dir, os.Args[1:]}
}

// Settings has mage run the same target again, which compiles the magefile, and returns what that would pass to the
// program. The error of a magefile has mage's output.
func (m Mage) Settings(ctx context.Context) ([]byte, error) {
	command := MageCommand(m.Dir)
	if !OwnModule(m.Dir) && exec.CommandContext(ctx, "go", "-C", m.Dir, "tool", "-n", "mage").Run() != nil {
		command = []string{"mage"}
	}
	cmd := process.Command(ctx, command[0], append(command[1:], m.Args...)...)
	cmd.Dir = m.Dir
	cmd.Env = append(os.Environ(), settingsVariable+"=true")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("run mage: %w: %s", err, strings.TrimSpace(stderr.String()))
	}
	for line := range strings.Lines(string(out)) {
		if settings, found := strings.CutPrefix(line, settingsMark); found {
			return []byte(settings), nil
		}
	}
	return nil, errors.New("the target does not call spartamage.Explore")
}

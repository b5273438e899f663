// Package process starts programs that end when the work for which they were started does.
package process

import (
	"context"
	"os"
	"os/exec"
	"time"
)

// Command is a command that is asked to end when ctx ends, and killed when it does not:
// mage gives five seconds in all.
func Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 4 * time.Second
	return cmd
}

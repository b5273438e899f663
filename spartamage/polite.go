package spartamage

import (
	"context"
	"os"
	"os/exec"
	"time"
)

// politeCommand is a command that is asked to end when ctx ends, and killed when it does not:
// mage gives five seconds in all.
func politeCommand(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 4 * time.Second
	return cmd
}

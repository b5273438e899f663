// Package process starts programs that end when the work for which they were started does.
package process

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// Command is a command that is asked to end when ctx ends, and killed when it does not:
// mage allows five seconds in all.
func Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	if runtime.GOOS != "windows" { // which cannot send an interrupt: there the default kills
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	}
	cmd.WaitDelay = 4 * time.Second
	return cmd
}

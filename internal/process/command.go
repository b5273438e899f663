// Package process starts programs that end with a context.
package process

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// Command returns a command that is interrupted when ctx ends, and killed if it does not exit soon: mage waits
// for five seconds in all.
func Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	if runtime.GOOS != "windows" { // which cannot send an interrupt: there the default kills
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	}
	cmd.WaitDelay = 4 * time.Second
	return cmd
}

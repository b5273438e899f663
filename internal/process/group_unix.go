//go:build unix

package process

import (
	"os/exec"
	"syscall"
)

// EndAsGroup makes the end of ctx reach what the command has started, too: the
// go command ends at once and leaves its compilers running.
func EndAsGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = groupLeader()
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
}

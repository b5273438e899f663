//go:build unix

package spartamage

import (
	"os/exec"
	"syscall"
)

// endAsGroup makes the end of ctx reach what the command has started, too: the
// go command ends at once and leaves its compilers running.
func endAsGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = groupLeader()
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
}

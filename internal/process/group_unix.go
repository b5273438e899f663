//go:build unix

package process

import (
	"os/exec"
	"syscall"
)

// EndAsGroup makes the end of ctx interrupt the command's children, too: the go command itself ends at once and
// leaves its compilers running.
func EndAsGroup(cmd *exec.Cmd) {
	lead(cmd, syscall.SIGINT)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
}

// Isolate makes the process the leader of a group that KillGroup ends. On Linux the kernel kills it when
// the thread that started it ends.
func Isolate(cmd *exec.Cmd) { lead(cmd, syscall.SIGKILL) }

// KillGroup kills the process and its children.
func KillGroup(cmd *exec.Cmd) {
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // it may have ended already
}

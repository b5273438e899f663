//go:build unix

package process

import (
	"os/exec"
	"syscall"
)

// EndAsGroup makes the end of ctx reach what the command has started, too: the
// go command ends at once and leaves its compilers running.
func EndAsGroup(cmd *exec.Cmd) {
	lead(cmd, syscall.SIGINT)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
}

// Isolate makes the process the leader of a group that KillGroup ends. On Linux the kernel kills it when
// the thread that started it ends.
func Isolate(cmd *exec.Cmd) { lead(cmd, syscall.SIGKILL) }

// KillGroup ends the process and those that it started.
func KillGroup(cmd *exec.Cmd) {
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // gone already is as good
}

//go:build unix && !linux

package process

import (
	"os/exec"
	"syscall"
)

func lead(cmd *exec.Cmd, _ syscall.Signal) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// AwaitExit does not wait on this system.
func AwaitExit(*exec.Cmd) bool { return false }

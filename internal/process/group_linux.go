package process

import (
	"os/exec"
	"syscall"
)

// lead makes the process the leader of a group, which a terminal's Ctrl-C does not reach. The kernel sends it a
// signal when the thread that started it ends, even by kill -9.
func lead(cmd *exec.Cmd, signal syscall.Signal) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: signal}
}

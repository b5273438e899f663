package process

import "syscall"

// groupLeader starts a process group, which a terminal's Ctrl-C does not reach,
// nor the end of the process that it works for: the kernel tells it of that.
func groupLeader() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGINT}
}

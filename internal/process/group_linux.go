package process

import (
	"os/exec"
	"syscall"
	"unsafe"
)

// lead makes the process the leader of a group, which a terminal's Ctrl-C does not reach. The kernel sends it a
// signal when the thread that started it ends, even by kill -9.
func lead(cmd *exec.Cmd, signal syscall.Signal) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: signal}
}

// AwaitExit waits until the started process has ended, and leaves its state to cmd.Wait. It reports whether it has
// waited: KillGroup can then end the children that the process has left behind, because no other process has its ID
// yet.
func AwaitExit(cmd *exec.Cmd) bool {
	const (
		pPID    = 1
		exited  = 0x4
		noWait  = 0x01000000
		infoLen = 128
	)
	var info [infoLen / 8]uint64
	for {
		_, _, errno := syscall.Syscall6(syscall.SYS_WAITID, pPID, uintptr(cmd.Process.Pid),
			uintptr(unsafe.Pointer(&info)), exited|noWait, 0, 0)
		if errno != syscall.EINTR {
			return errno == 0
		}
	}
}

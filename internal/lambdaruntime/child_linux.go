package lambdaruntime

import (
	"os/exec"
	"syscall"
)

// utf8Locale is present without any language pack.
const utf8Locale = "C.UTF-8"

// isolate makes the process the leader of a group that can be ended as one, and lets the kernel end it when
// the thread that started it ends, also by kill -9.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// killGroup ends the process and those it started, as the end of a Lambda environment does.
func killGroup(cmd *exec.Cmd) {
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // gone already is as good
}

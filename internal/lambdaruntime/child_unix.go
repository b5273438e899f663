//go:build unix && !linux

package lambdaruntime

import (
	"os/exec"
	"syscall"
)

const utf8Locale = "en_US.UTF-8"

// isolate makes the process the leader of a group that can be ended as one.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// killGroup ends the process and those it started, as the end of a Lambda environment does.
func killGroup(cmd *exec.Cmd) {
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // gone already is as good
}

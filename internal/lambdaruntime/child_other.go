//go:build !unix

package lambdaruntime

import "os/exec"

const utf8Locale = "en_US.UTF-8"

func isolate(*exec.Cmd) {}

// killGroup ends the process; what it started stays.
func killGroup(cmd *exec.Cmd) {
	_ = cmd.Process.Kill() // gone already is as good
}

//go:build !unix

package process

import "os/exec"

// EndAsGroup does nothing where there are no groups.
func EndAsGroup(*exec.Cmd) {}

// Isolate does nothing where there are no groups.
func Isolate(*exec.Cmd) {}

// KillGroup ends the process; what it started stays.
func KillGroup(cmd *exec.Cmd) {
	_ = cmd.Process.Kill() // gone already is as good
}

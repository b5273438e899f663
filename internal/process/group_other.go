//go:build !unix

package process

import "os/exec"

// EndAsGroup does nothing where there are no groups.
func EndAsGroup(*exec.Cmd) {}

// Isolate does nothing where there are no groups.
func Isolate(*exec.Cmd) {}

// KillGroup kills the process, but not its children.
func KillGroup(cmd *exec.Cmd) {
	_ = cmd.Process.Kill() // it may have ended already
}

// AwaitExit does not wait on this system.
func AwaitExit(*exec.Cmd) bool { return false }

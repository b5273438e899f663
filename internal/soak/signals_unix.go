//go:build unix

package main

import "syscall"

// pauseGroup stops the processes of a group, as Lambda freezes an execution environment.
func pauseGroup(group int) error { return syscall.Kill(-group, syscall.SIGSTOP) }

func resumeGroup(group int) error { return syscall.Kill(-group, syscall.SIGCONT) }

func terminate(pid int) error { return syscall.Kill(pid, syscall.SIGTERM) }

//go:build unix && !linux

package process

import "syscall"

func groupLeader() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

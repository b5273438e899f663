package engine

import (
	"os"
	"strings"
)

// EnforcesSELinux reports whether SELinux is in the mode that getenforce calls Enforcing.
func EnforcesSELinux() bool {
	state, err := os.ReadFile("/sys/fs/selinux/enforce")
	return err == nil && strings.TrimSpace(string(state)) == "1"
}

package supply

import (
	"os"
	"strings"
)

// OtherGo returns the version of Go that has linked a library, for GOTOOLCHAIN, or "" if that is the current one or
// the user has chosen a toolchain in the environment. If it is not on this machine, the go command downloads it.
func OtherGo(linked, current string) string {
	chosen := os.Getenv("GOTOOLCHAIN")
	if linked == current || chosen != "" && chosen != "auto" || strings.Contains(linked, " ") {
		return ""
	}
	return linked
}

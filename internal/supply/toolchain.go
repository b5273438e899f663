package supply

import (
	"os"
	"strings"
)

// UseGo sets GOTOOLCHAIN to the version of Go that has linked a library, unless that is the current one. If it is not
// on this machine, the go command downloads it. A toolchain that the user has chosen in the environment stays.
func UseGo(linked, current string) (restore func()) {
	const variable = "GOTOOLCHAIN"
	before, set := os.LookupEnv(variable)
	if linked == "" || linked == current || set && before != "" && before != "auto" || strings.Contains(linked, " ") {
		return func() {}
	}
	_ = os.Setenv(variable, linked)
	return func() {
		if set {
			_ = os.Setenv(variable, before)
		} else {
			_ = os.Unsetenv(variable)
		}
	}
}

package interpreter

import (
	"os"
	"strings"
)

// Environment returns the variables of the caller that a function sees.
func Environment() []string {
	var env []string
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if reachesFunction(strings.ToUpper(name)) {
			env = append(env, variable)
		}
	}
	return env
}

// reachesFunction reports whether a function sees the caller's variable: AWS_* (credentials, profile, region,
// endpoints) except what only Lambda sets, and what programs need to start, to find their files and to reach
// the network. With any others, a function might work here that fails on Lambda.
func reachesFunction(name string) bool {
	switch name {
	case "PATH", "HOME", "USER", "TMPDIR", "TMP", "TEMP",
		"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
		"SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
		"SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "LOCALAPPDATA", "APPDATA":
		return true
	case "AWS_EXECUTION_ENV":
		return false
	}
	return strings.HasPrefix(name, "AWS_") && !strings.HasPrefix(name, "AWS_LAMBDA_")
}

package gosource

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// command is the go command that a build starts. It may pass a question on to another one, which GOTOOLCHAIN or go.mod
// selects.
type command struct {
	file     string // its path, size and time
	version  string // the VERSION file of its distribution; empty if it is not in one
	settings string // the go.env file of its distribution, which may set GOTOOLCHAIN
}

func goCommand() command {
	path, err := exec.LookPath("go")
	if err == nil {
		path, err = filepath.EvalSymlinks(path)
	}
	if err != nil {
		return command{}
	}
	found := command{file: path}
	if info, err := os.Stat(path); err == nil {
		found.file = fmt.Sprintln(path, info.Size(), info.ModTime().UnixNano())
	}
	distribution := filepath.Dir(filepath.Dir(path))
	version, err := os.ReadFile(filepath.Join(distribution, "VERSION"))
	// Another program's folder may have a file VERSION, too.
	if err == nil && (bytes.HasPrefix(version, []byte("go")) || bytes.HasPrefix(version, []byte("devel"))) {
		found.version = string(version)
		content, _ := os.ReadFile(filepath.Join(distribution, "go.env")) // it need not exist
		found.settings = string(content)
	}
	return found
}

// environment returns the environment variables that decide what the go command answers, sorted. PATH is not among
// them: only which go command it finds matters, and `go tool` and `go run` put that command's folder first.
func environment() []string {
	var all []string
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "GO") || strings.HasPrefix(name, "CGO_") || slices.Contains(programs, name) ||
			slices.Contains([]string{"HOME", "XDG_CONFIG_HOME", "USERPROFILE", "AppData"}, name) {
			all = append(all, variable)
		}
	}
	slices.Sort(all)
	return all
}

package chores

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

// SetUp readies this machine for tests and demo as far as that goes without root: it puts the Python
// environment of .ci/requirements.txt first on PATH, for this process and all that it starts. What
// is left to the user is said on out, as one line to type. It returns an error only when ctx has ended.
func SetUp(ctx context.Context, out io.Writer) error {
	return PythonTools{}.setUp(ctx, out)
}

func (t PythonTools) setUp(ctx context.Context, out io.Writer) error {
	var lacking []string
	if noCompiler() {
		lacking = append(lacking, "gcc")
	}
	bin, err := t.Make(ctx, out)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err == nil:
		err = os.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	case errors.Is(err, errNoPython), errors.Is(err, errNoVenv):
		lacking = append(lacking, "python3")
	}
	if err != nil {
		fmt.Fprintln(out, err)
	}
	if len(lacking) > 0 {
		fmt.Fprintf(out, "going on without %s; to have it, type:\n  %s\n", strings.Join(lacking, " and "), remedy(lacking))
	}
	return nil
}

// noCompiler reports whether there is no C compiler, CC's if set.
func noCompiler() bool {
	names := strings.Fields(os.Getenv("CC"))
	if len(names) == 0 {
		names = []string{"gcc"}
	}
	_, err := exec.LookPath(names[0])
	return err != nil
}

// manager is a system's own package manager, and its packages for what a machine may lack.
type manager struct {
	program  string
	install  string
	packages map[string]string
}

var managers = []manager{
	{"apt-get", "sudo apt-get install -y", map[string]string{"gcc": "gcc libc6-dev", "python3": "python3 python3-venv"}},
	{"dnf", "sudo dnf install -y", map[string]string{"gcc": "gcc glibc-devel", "python3": "python3.12"}},
	{"zypper", "sudo zypper install -y", map[string]string{"gcc": "gcc glibc-devel", "python3": "python312"}},
	{"pacman", "sudo pacman -S --needed", map[string]string{"gcc": "gcc", "python3": "python"}},
	{"brew", "brew install", map[string]string{"gcc": "gcc", "python3": "python@3.13"}},
}

// remedy is the line to type for what this machine lacks.
func remedy(lacking []string) string {
	if runtime.GOOS == "darwin" && slices.Contains(lacking, "gcc") {
		return "xcode-select --install" // brings Python along
	}
	for _, m := range managers {
		if _, err := exec.LookPath(m.program); err != nil {
			continue
		}
		words := []string{m.install}
		for _, what := range lacking {
			words = append(words, m.packages[what])
		}
		line := strings.Join(words, " ")
		if os.Geteuid() == 0 {
			line = strings.TrimPrefix(line, "sudo ")
		}
		return line
	}
	return "# no package manager that is known here is on PATH: install " + strings.Join(lacking, " and ")
}

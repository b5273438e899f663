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

// SetUp prepares this machine for tests and demo as far as possible without root: it puts the Python
// environment of .ci/requirements.txt first on PATH, for this process and its children. If the user has to
// install something, SetUp writes the command to out. It returns an error only if ctx has ended.
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
		fmt.Fprintf(out, "continuing without %s; to install it, type:\n  %s\n",
			strings.Join(lacking, " and "), remedy(lacking))
	}
	return nil
}

// noCompiler reports whether the C compiler is missing: that of CC, or gcc if CC is not set.
func noCompiler() bool {
	names := strings.Fields(os.Getenv("CC"))
	if len(names) == 0 {
		names = []string{"gcc"}
	}
	_, err := exec.LookPath(names[0])
	return err != nil
}

// manager is a package manager, with its packages for tools that may be missing.
type manager struct {
	program  string
	install  string
	packages map[string]string
}

var managers = []manager{
	{
		"apt-get",
		"sudo apt-get install -y",
		map[string]string{"gcc": "gcc libc6-dev", "python3": "python3 python3-venv"},
	},
	{"dnf", "sudo dnf install -y", map[string]string{"gcc": "gcc glibc-devel", "python3": "python3.12"}},
	{"zypper", "sudo zypper install -y", map[string]string{"gcc": "gcc glibc-devel", "python3": "python312"}},
	{"pacman", "sudo pacman -S --needed", map[string]string{"gcc": "gcc", "python3": "python"}},
	{"brew", "brew install", map[string]string{"gcc": "gcc", "python3": "python@3.13"}},
}

// remedy returns the command that installs the missing tools.
func remedy(lacking []string) string {
	if runtime.GOOS == "darwin" && slices.Contains(lacking, "gcc") {
		return "xcode-select --install" // installs Python, too
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
	return "# no known package manager is on PATH: install " + strings.Join(lacking, " and ")
}

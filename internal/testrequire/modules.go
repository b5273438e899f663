package testrequire

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed modules.txt
var modules string

// Modules lists the module versions (path@version) that tests build with, in addition to those of go.mod.
func Modules() []string { return strings.Fields(modules) }

// original is where the module cache has the Sparta of the applications in internal/product/testdata/original.txtar.
const original = "github.com/mweagle/!sparta@v1.15.0"

// cached returns an error if the module cache lacks one of the modules, because tests do not use the network.
func cached() error {
	out, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		return fmt.Errorf("run go env: %w", err)
	}
	cache := strings.TrimSpace(string(out))
	for _, module := range append(Modules(), original) {
		if _, err := os.Stat(filepath.Join(cache, filepath.FromSlash(module))); errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("%s is not in the module cache: run `go tool mage fetch`", module)
		}
	}
	return nil
}

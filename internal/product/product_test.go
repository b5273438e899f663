package product

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/magefile/mage/mage"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/go-sparta/sparta/internal/testrequire"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata/script")

// TestMain makes mage a command of the scripts, so that it need not be installed.
func TestMain(m *testing.M) {
	testscript.Main(suite{m}, map[string]func(){"mage": func() { os.Exit(mage.Main()) }})
}

// suite runs all tests, with a folder for the files that they share.
type suite struct{ *testing.M }

func (s suite) Run() int {
	dir, err := os.MkdirTemp("", "sparta-product-*")
	if err == nil {
		err = os.Setenv(sharedVariable, dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer removeAll(dir)
	return s.M.Run()
}

// TestProduct runs the scripts of testdata/script: real commands over modules of their own.
func TestProduct(t *testing.T) {
	needHost(t)
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           condition(t),
		Cmds:                scriptCommands(),
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, productEnvironment(t, env.WorkDir)...)
			env.Values[treeKey{}] = map[string]map[string]string{}
			return nil
		},
	})
}

// needHost skips a test if this machine cannot build and run a package for Lambda.
func needHost(t testing.TB) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("this machine has no Linux, which packages are built for")
	}
	testrequire.Need(t, "gcc", "python")
	if testing.Short() {
		t.Skip("-short: whole-product tests build applications")
	}
}

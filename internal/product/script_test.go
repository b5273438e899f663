package product

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// condition evaluates [docker], the condition of commands that need a container engine. If there is none, a test of
// that name is skipped, or fails if SPARTA_TEST_REQUIRE requires one.
func condition(t *testing.T) func(string) (bool, error) {
	docker := false
	t.Run("in containers", func(t *testing.T) {
		testrequire.Need(t, "docker")
		docker = true
	})
	return func(name string) (bool, error) {
		if name != "docker" {
			return false, fmt.Errorf("unknown condition %q", name)
		}
		return docker, nil
	}
}

// scriptCommands are commands of scripts in addition to those of testscript.
func scriptCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"module":    module,
		"uses":      uses,
		"publish":   publish,
		"release":   release,
		"snapshot":  snapshot,
		"unchanged": unchanged,
		"said":      said,
		"replace":   replace,
	}
}

// module PATH [DIR] makes a folder the root of a module: go.mod, go.sum, magefile.
func module(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: module path [dir]")
	}
	dir := "."
	if len(args) == 2 {
		dir = args[1]
	}
	ts.Check(writeModule(ts.MkAbs(dir), args[0]))
}

// uses PATH DIR makes the module of the working directory require and replace the module PATH with that in DIR.
func uses(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: uses path dir")
	}
	text := ts.ReadFile("go.mod") + fmt.Sprintf("\nrequire %s v0.0.0\n\nreplace %s => %s\n", args[0], args[0], args[1])
	ts.Check(os.WriteFile(ts.MkAbs("go.mod"), []byte(text), 0o644))
}

// treeKey is the key of a script's snapshot of its folder.
type treeKey struct{}

// snapshot [DIR] records the content of a folder, without the workspace.
func snapshot(ts *testscript.TestScript, neg bool, args []string) {
	trees := ts.Value(treeKey{}).(map[string]map[string]string)
	dir := treeDir(ts, neg, args)
	files, err := readTree(dir)
	ts.Check(err)
	trees[dir] = files
}

// unchanged [DIR] compares a folder with its snapshot.
func unchanged(ts *testscript.TestScript, neg bool, args []string) {
	dir := treeDir(ts, neg, args)
	before, ok := ts.Value(treeKey{}).(map[string]map[string]string)[dir]
	if !ok {
		ts.Fatalf("no snapshot of %s", dir)
	}
	after, err := readTree(dir)
	ts.Check(err)
	if difference := compareTrees(before, after); difference != "" {
		ts.Fatalf("%s is not as it was:\n%s", dir, difference)
	}
}

func treeDir(ts *testscript.TestScript, neg bool, args []string) string {
	switch {
	case neg || len(args) > 1:
		ts.Fatalf("usage: snapshot [dir], unchanged [dir]")
	case len(args) == 1:
		return ts.MkAbs(args[0])
	}
	return ts.MkAbs(".")
}

// readTree returns a description of the mode and content of every file below dir, by its path there. It leaves out
// the workspace if that is a folder.
func readTree(dir string) (map[string]string, error) {
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == ".sparta" && path != dir {
			return fs.SkipDir
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		files[name] = info.Mode().String()
		if info.Mode().IsRegular() {
			content, err := os.ReadFile(path)
			files[name] += fmt.Sprintf(" %x", sha256.Sum256(content))
			return err
		}
		return nil
	})
	return files, err
}

// compareTrees lists the differences, and returns "" if there are none.
func compareTrees(before, after map[string]string) string {
	var differences []string
	names := maps.Clone(before)
	maps.Copy(names, after)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if was, is := before[name], after[name]; was != is {
			differences = append(differences, fmt.Sprintf("%s: was %q, is %q", name, was, is))
		}
	}
	return strings.Join(differences, "\n")
}

// said writes what the last command wrote to standard error to $WORK/said, for a comparison with cmp, without the parts
// that differ from run to run.
func said(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: said")
	}
	work := ts.Getenv("WORK")
	text := strings.ReplaceAll(ts.ReadFile("stderr"), work, "WORK")
	for _, change := range []struct {
		pattern     *regexp.Regexp
		replacement string
	}{
		{updateHint, ""},
		{requestID, "REQUEST"},
		{duration, "(TIME)"},
		{logTime, "TIME"},
		{raised, "The library has VERSIONS:"},
		{seconds, "$1[0000]"},
	} {
		text = change.pattern.ReplaceAllString(text, change.replacement)
	}
	ts.Check(os.WriteFile(filepath.Join(work, "said"), []byte(text), 0o644))
}

var (
	requestID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
	// AWS's runtime client prints it before each error at the start, the embedded one does not.
	updateHint = regexp.MustCompile(`(?m)^.*LAMBDA_WARNING: Unhandled exception\..*\n`)
	lineNumber = regexp.MustCompile(`line [0-9]+`)
	duration   = regexp.MustCompile(`\([0-9.]+(ns|µs|ms|s)\)`)
	logTime    = regexp.MustCompile(`[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z?`)
	seconds    = regexp.MustCompile(`(?m)^(INFO|WARN)\[[0-9]{4}\]`) // since the start, of a busy machine
	raised     = regexp.MustCompile(`The library has [^:\n]*:`)
)

// replace FILE OLD NEW replaces text in a file, which must contain OLD.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace file old new")
	}
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o644))
}

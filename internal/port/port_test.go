package port_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/port"
	"github.com/go-sparta/sparta/internal/testfiles"
)

const goMod = "-- go.mod --\nmodule example.com/app\n\ngo 1.12\n"

// run ports a module, and returns the result with its folder.
func run(t *testing.T, archive string, patterns ...string) (*port.Result, string, error) {
	t.Helper()
	dir := testfiles.Unpack(t, archive)
	result, err := port.Run(t.Context(), port.Options{Dir: dir, Patterns: patterns, Version: "v0.1.0"})
	return result, dir, err
}

// after returns the new content of a file.
func after(t *testing.T, result *port.Result, path string) string {
	t.Helper()
	for _, change := range result.Changes {
		if change.Path == path {
			return string(change.New)
		}
	}
	t.Fatalf("%s has not changed", path)
	return ""
}

func TestCommentsAndFormatStay(t *testing.T) {
	result, _, err := run(t, goMod+`-- main.go --
package main // the program

import sparta "github.com/mweagle/Sparta"

func main() {
	sparta.MainEx("Name", // of the stack
		"", nil, nil,
		nil, nil, /* no cgo */ false)
}
`, ".")
	if err != nil {
		t.Fatal(err)
	}
	want := `package main // the program

import "github.com/go-sparta/sparta/cgo"

func main() {
	cgo.MainEx("Name", // of the stack
		"", nil, nil,
		nil, nil)
}
`
	if got := after(t, result, "main.go"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAnEntryPointThatIsAValueIsLeft(t *testing.T) {
	result, _, err := run(t, goMod+"-- main.go --\npackage main\n\nimport sparta \"github.com/mweagle/Sparta\"\n\n"+
		"var run = sparta.MainEx\n")
	if err != nil {
		t.Fatal(err)
	}
	want := "main.go:5: sparta.MainEx becomes cgo.MainEx, which has only the first parameters: " +
		"drop the further arguments where it is called"
	if len(result.Left) != 1 || result.Left[0].At(result.Left[0].NewLine) != want {
		t.Errorf("left is %v, want %s", result.Left, want)
	}
}

func TestHooksHaveOurParameters(t *testing.T) {
	result, _, err := run(t, goMod+`-- main.go --
package main

import (
	"github.com/Sirupsen/logrus"
	"github.com/aws/aws-sdk-go/aws/session"
	sparta "github.com/mweagle/Sparta"
)

func hook(ctx map[string]interface{}, name string, bucket string, id string, s *session.Session, noop bool,
	log *logrus.Logger) error {
	ctx["id"] = id
	return nil
}

var hooks = sparta.WorkflowHooks{PreBuild: hook}
`)
	if err != nil {
		t.Fatal(err)
	}
	got := after(t, result, "main.go")
	for _, want := range []string{
		"func hook(_ context.Context, workflow *sparta.Workflow) error {\n",
		"{\n\tctx, id := workflow.Context, workflow.BuildID\n",
		"PreBuild: []sparta.WorkflowHook{hook}}",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "logrus") || strings.Contains(got, "session") {
		t.Errorf("imports are left that nothing uses:\n%s", got)
	}
}

func TestGoModHasThisModuleAndOldDefaults(t *testing.T) {
	const program = "-- main.go --\npackage main\n\nimport _ \"github.com/mweagle/Sparta\"\n\nfunc main() {}\n"
	for name, c := range map[string]struct{ module, want string }{
		"an old go line is raised, with the defaults of that version": {
			"module m\n\ngo 1.12\n\nrequire github.com/mweagle/Sparta v1.15.0\n",
			"module m\n\ngo 1.24.0\n\nrequire github.com/go-sparta/sparta v0.1.0\n\ngodebug default=go1.12\n",
		},
		"a new go line stays": {
			"module m\n\ngo 1.25.1\n\nrequire github.com/mweagle/Sparta/v3 v3.0.0\n",
			"module m\n\ngo 1.25.1\n\nrequire github.com/go-sparta/sparta v0.1.0\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			result, _, err := run(t, "-- go.mod --\n"+c.module+program)
			if err != nil {
				t.Fatal(err)
			}
			if got := after(t, result, "go.mod"); got != c.want {
				t.Errorf("go.mod is\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestBadInput(t *testing.T) {
	const program = "-- main.go --\npackage main\n\nimport _ \"github.com/mweagle/Sparta\"\n"
	for name, c := range map[string]struct {
		archive, pattern, want string
	}{
		"nothing of Sparta": {
			goMod + "-- main.go --\npackage main\n", "./...",
			"nothing to port: no file imports github.com/mweagle/Sparta",
		},
		"a file that is not Go": {
			goMod + "-- main.go --\npackage main\n\nfunc main( {\n", "./...",
			"main.go:3:12: expected ')', found '{': correct the file",
		},
		"no module": {
			program, "./...", "is not in a module, as applications before Go 1.11 were not: run `go mod init`",
		},
		"a dot import of go-cloudformation": {
			goMod + "-- main.go --\npackage main\n\nimport . \"github.com/mweagle/go-cloudformation\"\n", ".",
			`main.go:3: import "github.com/mweagle/go-cloudformation" under a name, such as gocf, write it before`,
		},
		"no such folder": {goMod + program, "./cmd/...", "no such file or directory: name folders of the application"},
		"a file":         {goMod + program, "main.go", "main.go is a file: name its folder"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := run(t, c.archive, c.pattern)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want %s", err, c.want)
			}
		})
	}
}

func TestAVendorFolderHasToBeUpdated(t *testing.T) {
	result, _, err := run(t, goMod+"-- vendor/modules.txt --\n-- main.go --\npackage main\n\n"+
		"import _ \"github.com/mweagle/Sparta\"\n")
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Left) != 1 || !strings.HasPrefix(result.Left[0].At(0), "vendor: run `go mod vendor`") {
		t.Errorf("left: %v", result.Left)
	}
}

func TestFilesThatHaveChangedSinceTheyWereReadStay(t *testing.T) {
	result, dir, err := run(t, goMod+`-- a.go --
package main

import _ "github.com/mweagle/Sparta"
-- b.go --
package main

import _ "github.com/mweagle/Sparta/cgo"
`)
	if err != nil {
		t.Fatal(err)
	}
	edited := filepath.Join(dir, "b.go")
	if err := os.WriteFile(edited, []byte("package main\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	err = result.Write(dir)
	if err == nil || !strings.Contains(err.Error(), "b.go has changed since it was read: run the command again") {
		t.Errorf("error is %v", err)
	}
	if first, _ := os.ReadFile(filepath.Join(dir, "a.go")); !strings.Contains(string(first), "mweagle") {
		t.Errorf("a.go is changed although b.go could not be:\n%s", first)
	}
}

func TestReadOnlyFilesStay(t *testing.T) {
	const program = "package main\n\nimport _ \"github.com/mweagle/Sparta\"\n"
	result, dir, err := run(t, goMod+"-- a.go --\n"+program+"-- b.go --\n"+program)
	if err != nil {
		t.Fatal(err)
	}
	a, b := filepath.Join(dir, "a.go"), filepath.Join(dir, "b.go")
	if err := os.Chmod(b, 0o400); err != nil {
		t.Fatal(err)
	}
	want := "b.go is read-only: let its owner write it (chmod u+w), and run the command again: nothing has been changed"
	if err := result.Write(dir); err == nil || err.Error() != want {
		t.Errorf("error is %v, want %s", err, want)
	}
	if content, _ := os.ReadFile(a); string(content) != program {
		t.Errorf("a.go is changed although b.go may not be:\n%s", content)
	}
	if err := errors.Join(os.Chmod(b, 0o750), result.Write(dir)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(b); err != nil || info.Mode().Perm() != 0o750 {
		t.Errorf("b.go no longer has its permissions: %v, %v", info, err)
	}
}

func TestWindowsLineBreaksStay(t *testing.T) {
	program := "package main\n\nimport sparta \"github.com/mweagle/Sparta\"\n\n" +
		"func main() {\n\tsparta.Main(\"Name\", \"\", nil,\n\t\tnil, nil)\n}\n"
	crlf := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
	result, _, err := run(t, goMod+"-- main.go --\n"+crlf(program))
	if err != nil {
		t.Fatal(err)
	}
	want := crlf(strings.NewReplacer("sparta \"github.com/mweagle/Sparta\"", "\"github.com/go-sparta/sparta/cgo\"",
		"sparta.Main", "cgo.Main").Replace(program))
	if got := after(t, result, "main.go"); got != want {
		t.Errorf("main.go is\n%q\nwant\n%q", got, want)
	}
}

func TestEachModuleHasItsOwnGoMod(t *testing.T) {
	const program = "package main\n\nimport _ \"github.com/mweagle/Sparta\"\n"
	result, _, err := run(t, "-- a/go.mod --\nmodule a\n\ngo 1.25\n-- a/main.go --\n"+program+
		"-- b/go.mod --\nmodule b\n\ngo 1.25\n-- b/main.go --\n"+program+
		"-- c/go.mod --\nmodule c\n-- c/c.go --\npackage c\n", "a", "b", "c")
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, change := range result.Changes {
		paths = append(paths, change.Path)
	}
	if got := strings.Join(paths, " "); got != "a/go.mod b/go.mod a/main.go b/main.go" {
		t.Errorf("changed: %s", got)
	}
	for _, module := range []string{"a", "b"} {
		want := "module " + module + "\n\ngo 1.25\n\nrequire github.com/go-sparta/sparta v0.1.0\n"
		if got := after(t, result, module+"/go.mod"); got != want {
			t.Errorf("%s/go.mod is\n%s", module, got)
		}
	}
}

// Fields and types of the same names, which have nothing to do with Sparta, stay.
func TestOtherPackagesWithTheSameNamesStay(t *testing.T) {
	const other = `package main

import "github.com/aws/aws-sdk-go/service/s3"

type transaction struct{ Rollback func() }

func begin() (tx transaction, config *s3.WebsiteConfiguration) {
	tx.Rollback = func() {}
	return tx, &s3.WebsiteConfiguration{}
}
`
	result, _, err := run(t, goMod+"-- other.go --\n"+other+
		"-- main.go --\npackage main\n\nimport _ \"github.com/mweagle/Sparta\"\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range result.Changes {
		if change.Path == "other.go" {
			t.Errorf("other.go is\n%s", change.New)
		}
	}
}

// A port that was killed is completed by the next one, and a complete one changes nothing more.
func TestAKilledPortIsCompleted(t *testing.T) {
	for _, name := range []string{"zero", "one", "more"} {
		archive, err := os.ReadFile(filepath.Join("testdata", name+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		first, dir, err := run(t, string(archive), "./...")
		if err != nil {
			t.Fatal(err)
		}
		if err := first.Write(dir); err != nil {
			t.Fatal(err)
		}
		for _, change := range first.Changes {
			path := filepath.Join(dir, change.Path)
			if filepath.Base(path) == "go.mod" {
				continue // it is written first
			}
			if err := os.WriteFile(path, change.Old, 0o600); err != nil {
				t.Fatal(err)
			}
			again, err := port.Run(t.Context(), port.Options{Dir: dir, Patterns: []string{"./..."}, Version: "v0.1.0"})
			if err != nil {
				t.Fatal(err)
			}
			if len(again.Changes) != 1 || again.Changes[0].Path != change.Path ||
				string(again.Changes[0].New) != string(change.New) {
				t.Errorf("%s: the next port changes\n%s", name, again.Diff())
			}
			if err := again.Write(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestOtherModulesAndVendoredFilesStay(t *testing.T) {
	const old = "package p\n\nimport _ \"github.com/mweagle/Sparta\"\n"
	_, _, err := run(t, goMod+"-- vendor/p/p.go --\n"+old+"-- nested/go.mod --\nmodule nested\n-- nested/p.go --\n"+old+
		"-- testdata/p.go --\n"+old, "./...")
	if !errors.Is(err, port.ErrNothing) {
		t.Errorf("error is %v", err)
	}
}

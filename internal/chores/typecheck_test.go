package chores

import (
	"bytes"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTypeCheck(t *testing.T) {
	const kill = "import \"syscall\"\n\nfunc kill() { _ = syscall.Kill(1, 0) }\n"
	for name, test := range map[string]struct {
		files map[string]string
		wants []string // the beginnings of the lines
	}{
		"what all systems have": {map[string]string{
			"a.go": "package p\n\nimport \"os\"\n\nfunc f() error { return os.Remove(\"x\") }\n",
		}, nil},
		"what Windows lacks, in a file for all systems": {map[string]string{
			"a.go": "package p\n\n" + kill,
		}, []string{"a.go:5:27: undefined: syscall.Kill"}},
		"what Windows lacks, in a test": {map[string]string{
			"a.go": "package p\n", "a_test.go": "package p\n\n" + kill,
		}, []string{"a_test.go:5:27: undefined: syscall.Kill"}},
		"what Windows lacks, in a test of another package": {map[string]string{
			"a.go": "package p\n", "a_test.go": "package p_test\n\n" + kill,
		}, []string{"a_test.go:5:27: undefined: syscall.Kill"}},
		"what Windows lacks, in a test without a package": {map[string]string{
			"b/b_test.go": "package b\n\n" + kill,
		}, []string{"b/b_test.go:5:27: undefined: syscall.Kill"}},
		"what Windows lacks, in a file for Unix": {map[string]string{
			"a.go": "package p\n", "b.go": "//go:build unix\n\npackage p\n\n" + kill,
		}, nil},
		"a function that only Unix has": {map[string]string{
			"a.go": "package p\n\nfunc f() { g() }\n", "b.go": "//go:build unix\n\npackage p\n\nfunc g() {}\n",
		}, []string{"a.go:3:12: undefined: g"}},
		"an error in a file for Windows": {map[string]string{
			"a.go": "package p\n", "a_windows.go": "package p\n\nfunc f() { x := 1 }\n",
		}, []string{"a_windows.go:3:12: declared and not used: x"}},
		"a syntax error in a file for Windows": {map[string]string{
			"a.go": "package p\n", "a_windows.go": "package p\n\nfunc f() {\n",
		}, []string{"a_windows.go:3:12: expected '}'"}},
		"an imported package that lacks something on Windows": {map[string]string{
			"a.go":   "package p\n\nimport \"example.com/p/b\"\n\nfunc f() { b.F() }\n",
			"b/b.go": "package b\n", "b/b_unix.go": "//go:build unix\n\npackage b\n\nfunc F() {}\n",
		}, []string{"a.go:5:14: undefined: b.F"}},
		"what only tests of the same package see": {map[string]string{
			"a.go":             "package p\n\nfunc f() {}\n",
			"export_test.go":   "package p\n\nvar F = f\n",
			"external_test.go": "package p_test\n\nimport \"example.com/p\"\n\nfunc g() { p.F() }\n",
			"b/b.go":           "package b\n\nimport \"example.com/p\"\n\nfunc g() { p.F() }\n",
		}, []string{"b/b.go:5:14: undefined: p.F"}},
		"a package that is compiled again for a test of another": {map[string]string{
			"a.go": "package p\n\ntype T struct{}\n",
			"external_test.go": "package p_test\n\nimport \"example.com/p\"\n" +
				"import \"example.com/p/b\"\n\nvar _ p.T = b.T()\n",
			"internal_test.go": "package p\n\nvar _ int\n",
			"b/b.go":           "package b\n\nimport \"example.com/p\"\n\nfunc T() p.T { return p.T{} }\n",
		}, nil},
		"a feature of a newer Go than that of go.mod": {map[string]string{
			"go.mod": "module example.com/p\n\ngo 1.21\n",
			"a.go":   "package p\n\nfunc f() {\n\tfor range 3 {\n\t}\n}\n",
		}, []string{"a.go:4:12: cannot range over 3"}},
		"standard packages that are vendored": {map[string]string{
			"a.go": "package p\n\nimport \"net/http\"\n\nvar _ http.Handler = http.NewServeMux()\n",
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"go.mod": "module example.com/p\n\ngo 1.24\n"}
			maps.Copy(files, test.files)
			var out bytes.Buffer
			err := TypeCheck{
				Packages: "./...", Systems: []string{"windows"}, Dir: writeFiles(t, files), Cache: t.TempDir(),
			}.Check(t.Context(), &out)
			if (err != nil) != (test.wants != nil) {
				t.Errorf("error %v, want one: %t", err, test.wants != nil)
			}
			wants := test.wants
			if len(wants) > 0 {
				wants = append([]string{"# GOOS=windows"}, wants...)
			}
			lines := strings.FieldsFunc(out.String(), func(r rune) bool { return r == '\n' })
			if len(lines) != len(wants) {
				t.Fatalf("printed %q, want %q", lines, wants)
			}
			for i, want := range wants {
				if !strings.HasPrefix(lines[i], want) {
					t.Errorf("printed %q, want %q", lines[i], want)
				}
			}
		})
	}
}

func TestTypeCheckNamesTheSystem(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"go.mod":      "module example.com/p\n\ngo 1.24\n",
		"a.go":        "package p\n\nvar _ = f\n",
		"a_darwin.go": "package p\n\nfunc f() {}\n",
		"a_linux.go":  "package p\n\nvar f = 1 + \"1\"\n",
	})
	var out bytes.Buffer
	err := TypeCheck{
		Packages: "./...", Systems: []string{"darwin", "windows", "linux"}, Dir: dir, Cache: t.TempDir(),
	}.Check(t.Context(), &out)
	if err == nil || strings.Contains(err.Error(), "darwin") ||
		!strings.Contains(err.Error(), "GOOS=windows: number of errors: 1") ||
		!strings.Contains(err.Error(), "GOOS=linux: number of errors: 1") {
		t.Errorf("error %v, want one each for windows and linux", err)
	}
}

func TestTypeCheckReportsWhatTheGoCommandDoes(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"go.mod": "module example.com/p\n\ngo 1.24\n",
		"a.go":   "package p\n\nimport _ \"example.com/p/missing\"\n",
	})
	var out bytes.Buffer
	err := TypeCheck{Packages: "./...", Systems: []string{"windows"}, Dir: dir, Cache: t.TempDir()}.
		Check(t.Context(), &out)
	if err == nil || !strings.Contains(out.String(), "example.com/p/missing") {
		t.Errorf("error %v, output %q: they do not name the package", err, &out)
	}
}

func TestTypeCheckIsSkippedOnlyForWhatPassed(t *testing.T) {
	dir := writeFiles(t, map[string]string{"go.mod": "module example.com/p\n\ngo 1.24\n"})
	check := TypeCheck{Packages: "./...", Systems: []string{"windows"}, Dir: dir, Cache: t.TempDir()}
	const good, bad = "package p\n\nvar a int = 1\n", "package p\n\nvar a int = x\n"
	file := filepath.Join(dir, "a.go")
	run := func(content string) error {
		t.Helper()
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, time.Unix(1, 0), time.Unix(1, 0)); err != nil {
			t.Fatal(err)
		}
		return check.Check(t.Context(), io.Discard)
	}
	for i, content := range []string{good, good, bad, bad, good} {
		if err := run(content); (err != nil) != (content == bad) {
			t.Errorf("run %d of %q: error %v", i, content, err)
		}
	}
	packages, err := check.list(t.Context(), "windows", io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	record, err := newPassRecord(check.Cache, "windows", packages)
	if err != nil || !record.matches() {
		t.Errorf("the last run passed and is not recorded (%v)", err)
	}
	if other, err := newPassRecord(check.Cache, "darwin", packages); err != nil || other.matches() {
		t.Errorf("a run for Windows is recorded for macOS (%v)", err)
	}
}

package chores

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCallCycles(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"calls in one direction": {map[string]string{
			"a.go": "func a() { b(); c() }", "b.go": "func b() { c() }", "c.go": "func c() {}",
		}, ""},
		"two files that call each other": {map[string]string{
			"a.go": "func a() { b() }", "b.go": "func b() { a() }",
		}, "a.go b.go\n\ta.go calls b of b.go\n\tb.go calls a of a.go"},
		"a cycle of three, and a file that only calls into it": {map[string]string{
			"a.go": "func a() { b() }",
			"b.go": "func b() { c() }",
			"c.go": "func c() { a() }",
			"d.go": "func d() { a() }",
		}, "a.go b.go c.go\n"},
		"a method": {map[string]string{
			"a.go": "type t struct{}\nfunc (t) m() { b() }", "b.go": "func b() { t{}.m() }",
		}, "a.go b.go\n\ta.go calls b of b.go\n\tb.go calls m of a.go"},
		"a function that is passed on": {map[string]string{
			"a.go": "func a() { run(b) }\nfunc run(f func()) { f() }", "b.go": "func b() { a() }",
		}, "a.go b.go\n"},
		"a generic method": {map[string]string{
			"a.go": "type t[T any] struct{}\nfunc (t[T]) m() { b() }", "b.go": "func b() { t[int]{}.m() }",
		}, "a.go b.go\n"},
		"what imported packages return": {map[string]string{
			"a.go": "type t struct{}\nfunc (t) m() { b() }",
			"b.go": `import "slices"
func b() { slices.Clone([]t{})[0].m() }`,
		}, "a.go b.go\n"},
		"types, and methods of interfaces": {map[string]string{
			"a.go": "type t interface{ m() }\nfunc a() { b(nil) }", "b.go": "func b(x t) { x.m() }",
		}, ""},
		"tests": {map[string]string{
			"a.go": "func a() {}", "a_test.go": "func b() { a() }",
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mod := []byte("module example.com/p\n\ngo 1.24\n")
			if err := os.WriteFile(filepath.Join(dir, "go.mod"), mod, 0o644); err != nil {
				t.Fatal(err)
			}
			for name, text := range c.files {
				if err := os.WriteFile(filepath.Join(dir, name), []byte("package p\n"+text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			var out bytes.Buffer
			err := CallCycles{Packages: "./...", Dir: dir}.Check(t.Context(), &out)
			if (err == nil) != (c.want == "") {
				t.Errorf("error %v, want one: %t", err, c.want != "")
			}
			if !strings.Contains(out.String(), c.want) || c.want == "" && out.Len() > 0 {
				t.Errorf("printed %q, want %q", &out, c.want)
			}
		})
	}
}

package port

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/testfiles"
)

var update = flag.Bool("update", false, "write the tables of docs/from-sparta.md")

// No exported name of the original is missing from the table.
func TestTheTableHasAllNames(t *testing.T) {
	known := map[string]bool{}
	for _, e := range nameTable() {
		key := e.Package + " " + e.Name
		if known[key] {
			t.Errorf("%s is there twice", key)
		}
		known[key] = true
		hasText := e.Text != ""
		if hasText != (e.Verdict != same) {
			t.Errorf("%s: verdict %s, text %q", key, e.Verdict, e.Text)
		}
	}
	for _, list := range []string{"exported-0.30.txt", "exported-1.15.txt"} {
		names, err := os.ReadFile(filepath.Join("testdata", list))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(names)) {
			if key := strings.TrimPrefix(strings.TrimSpace(line), "."); !known[key] {
				t.Errorf("%s: no entry for %s", list, key)
			}
		}
	}
}

// isType reports for each exported name of one of our packages whether it is a type.
func isType(t *testing.T, folder string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	paths, err := filepath.Glob(filepath.Join("../..", folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for name, object := range syntax.Scope.Objects {
			found[name] = object.Kind == ast.Typ
		}
	}
	return found
}

// What the table says is not here, is not here.
func TestAbsentNamesAreAbsent(t *testing.T) {
	here := map[string]map[string]bool{}
	for _, e := range nameTable() {
		folder := packages[e.Package]
		if e.Verdict != absent || folder == "" {
			continue
		}
		if here[folder] == nil {
			here[folder] = isType(t, folder)
		}
		if _, exists := here[folder][e.Name]; exists {
			t.Errorf("%s has %s, which the table calls absent", folder, e.Name)
		}
	}
}

// A program compiles that uses all names that are the same here, or that have a new name.
func TestNamesOfTheTableExist(t *testing.T) {
	uses := map[string][]string{} // names by our folders
	for _, e := range nameTable() {
		folder, name := packages[e.Package], e.Name
		switch e.Verdict {
		case moved:
			to := newTarget(e.Text)
			folder, name = strings.TrimPrefix(to.path, gosource.ModulePath+"/"), to.name
		case absent, literal:
			continue
		}
		if folder == "" {
			t.Fatalf("%s.%s has no package here", e.Package, e.Name)
		}
		if !slices.Contains(uses[folder], name) {
			uses[folder] = append(uses[folder], name)
		}
	}
	var imports, body strings.Builder
	for folder, names := range uses {
		types := isType(t, folder)
		local := strings.NewReplacer("/", "").Replace(folder)
		fmt.Fprintf(&imports, "import %s %q\n", local, gosource.ModulePath+"/"+folder)
		for _, name := range names {
			keyword := "var"
			if types[name] {
				keyword = "type"
			}
			fmt.Fprintf(&body, "%s _ = %s.%s\n", keyword, local, name)
		}
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := testfiles.Unpack(t, fmt.Sprintf(`-- go.mod --
module example.com/all

go 1.24.0

require (
	github.com/go-sparta/sparta v0.0.0
	github.com/go-sparta/sparta/compat v0.0.0
	github.com/mweagle/go-cloudformation v0.0.0-20200503000230-7b355618fec9
)

replace github.com/go-sparta/sparta => %[1]s

replace github.com/go-sparta/sparta/compat => %[1]s/compat
-- main.go --
package main

%[2]s%[3]s
func main() {}
`, root, &imports, &body))
	command := exec.Command("go", "build", "-o", os.DevNull, ".")
	command.Dir, command.Env = dir, append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// A build without a port gives the same advice about packages.
func TestBuildsAdviseTheSamePackages(t *testing.T) {
	for folder, ours := range packages {
		path := strings.TrimSuffix("github.com/mweagle/Sparta/"+folder, "/")
		if got := gosource.Successor(path); got != gosource.ModulePath+"/"+ours {
			t.Errorf("%s: a build advises %q, a port writes %s", path, got, ours)
		}
	}
}

const (
	begin = "<!-- names: go test ./internal/port -run TestTheTablesOfTheDocument -update -->\n"
	end   = "<!-- end of names -->\n"
)

// The tables of docs/from-sparta.md are those of names.txt.
func TestTheTablesOfTheDocument(t *testing.T) {
	const path = "../../docs/from-sparta.md"
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, hasBegin := strings.Cut(string(content), begin)
	_, after, hasEnd := strings.Cut(rest, end)
	if !hasBegin || !hasEnd {
		t.Fatalf("%s lacks the lines %s%s", path, begin, end)
	}
	want := before + begin + tables() + end + after
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	} else if string(content) != want {
		t.Errorf("%s does not have the tables of names.txt: run `%s`", path, strings.Trim(begin, "<!->\n"))
	}
}

// tables renders the entries: a table for each package, and one for packages that have no counterpart.
func tables() string {
	var folders []string
	rows := map[string][]entry{}
	for _, e := range nameTable() {
		if rows[e.Package] == nil {
			folders = append(folders, e.Package)
		}
		rows[e.Package] = append(rows[e.Package], e)
	}
	var out, whole strings.Builder
	for _, folder := range folders {
		if packages[folder] == "" {
			fmt.Fprintf(&whole, "| `%s` | %d | %s |\n", folder, len(rows[folder]), rows[folder][0].Text)
			continue
		}
		title := "Package sparta"
		if folder != "" {
			title = "Package " + folder
		}
		fmt.Fprintf(&out, "\n### %s\n\n`github.com/mweagle/Sparta%s` is `%s`.\n\n| name | here |\n|---|---|\n",
			title, strings.TrimSuffix("/"+folder, "/"), gosource.ModulePath+"/"+packages[folder])
		for _, e := range rows[folder] {
			fmt.Fprintf(&out, "| `%s` | %s |\n", e.Name, verdictOf(e))
		}
	}
	return out.String() + "\n### Packages without a counterpart\n\n| package | names | instead |\n|---|---|---|\n" +
		whole.String() + "\n"
}

func verdictOf(e entry) string {
	switch e.Verdict {
	case moved:
		to := newTarget(e.Text)
		return fmt.Sprintf("changed: `%s.%s`; `port` writes it", packageName(to.path), to.name)
	case literal:
		return "not here: `port` writes `" + e.Text + "`"
	case ported:
		return "changed: " + e.Text + "; `port` writes it"
	case changed:
		return "changed: " + e.Text
	case absent:
		return "not here: " + e.Text
	}
	return "same"
}

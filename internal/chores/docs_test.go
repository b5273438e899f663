package chores

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	testName     = regexp.MustCompile(`\bTest[A-Z]\w*`)
	testFunction = regexp.MustCompile(`(?m)^func (Test[A-Z]\w*)\(t \*testing\.T\)`)
)

// Documents refer to tests by name, so renaming a test must change them, too.
func TestDocumentsNameTestsThatExist(t *testing.T) {
	const root = "../.."
	documents := readAll(t, root, "*.md")
	if names := testName.FindAllString(documents, -1); len(names) < 20 {
		t.Errorf("the documents name %d tests, want at least those of docs/sparta.md", len(names))
	}
	for _, name := range unknownTests(documents, readAll(t, root, "*_test.go")) {
		t.Errorf("a document names %s, which is not a test of this repository", name)
	}
}

func TestUnknownTests(t *testing.T) {
	const source = "package a\n\nfunc TestKnown(t *testing.T) {}\n\nfunc TestHelper(t *testing.T, n int) {}\n"
	got := unknownTests("`TestKnown`, TestKnown/sub, TestUnknown, `TestHelper` and the latestTest", source)
	if want := []string{"TestHelper", "TestUnknown"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// unknownTests returns the names of tests in the documents that are not functions of the source.
func unknownTests(documents, source string) []string {
	known := map[string]bool{}
	for _, function := range testFunction.FindAllStringSubmatch(source, -1) {
		known[function[1]] = true
	}
	names := testName.FindAllString(documents, -1)
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool { return known[name] })
}

// readAll returns the content of all files of the pattern.
func readAll(t *testing.T, root, pattern string) string {
	t.Helper()
	files, err := Find(root, pattern)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		all.Write(content)
		all.WriteByte('\n')
	}
	return all.String()
}

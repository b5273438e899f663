package commandline

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The list names every variable that the module's own code does.
func TestSettings(t *testing.T) {
	literal := regexp.MustCompile(`SPARTA_[A-Z0-9_]+`)
	found := map[string]bool{}
	for _, dir := range []string{"spartamage", "internal", "cgo", "provision", "cmd", "sparta"} {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() && slices.Contains([]string{"testdata", "chores", "product"}, entry.Name()) {
				return fs.SkipDir
			}
			name := entry.Name()
			if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			content, err := os.ReadFile(path)
			for _, variable := range literal.FindAllString(string(content), -1) {
				found[variable] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, other := range []string{"SPARTA_TEST_REQUIRE", "SPARTA_LIBRARY"} { // not for users
		delete(found, other)
	}
	if got := slices.Sorted(maps.Keys(found)); !slices.Equal(got, slices.Sorted(slices.Values(variables))) {
		t.Errorf("the sources mention %q, the list is %q", got, variables)
	}
}

package builder

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNamesThatCannotNameAFileAreRefused(t *testing.T) {
	for name, ok := range map[string]bool{
		"":                       true, // the package's
		"hello-2_x.y":            true,
		"with space":             true,
		"größe":                  true,
		strings.Repeat("x", 200): true,
		strings.Repeat("x", 201): false,
		"a\nb":                   false,
		"a\x00b":                 false,
		" a":                     false,
		"a*":                     false,
		"..":                     false,
		".hidden":                false,
		"a/b":                    false,
		`a\b`:                    false,
		"C:":                     false,
	} {
		_, err := Settings{Dir: t.TempDir(), Name: name}.Resolve()
		if (err == nil) != ok {
			t.Errorf("name %q: %v", name, err)
		}
	}
}

func TestSettingsThatMeanSomethingElseAreRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte("package main\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		options Settings
		want    string
	}{
		"a flag as the image": {Settings{Image: "-v"}, `SPARTA_IMAGE "-v" is not an image`},
	} {
		t.Run(name, func(t *testing.T) {
			test.options.Dir = dir
			if _, err := test.options.Resolve(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want it to contain %s", err, test.want)
			}
		})
	}
}

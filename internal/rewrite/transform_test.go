package rewrite

import (
	"path/filepath"
	"testing"
)

// Only an application that calls cgo.Main is a Sparta application.
func TestSummaryNamesWhatServes(t *testing.T) {
	for name, test := range map[string]struct {
		origins        []origin
		sparta, remote bool
		want           string
	}{
		"lambda.Start in the application": {[]origin{edited, added}, false, false, "main.go, 1 file rewritten"},
		"and in another of its packages": {
			[]origin{edited, edited, added}, false, false, "main.go, 2 files rewritten",
		},
		"lambda.Start in a dependency": {
			[]origin{unchanged, added}, false, true, "main.go, lambda.Start in a dependency",
		},
		"in both": {
			[]origin{edited, added}, false, true, "main.go, 1 file rewritten, lambda.Start in a dependency",
		},
		"cgo.Main": {[]origin{unchanged, added}, true, false, "main.go, Sparta application"},
		"cgo.Main and lambda.Start in a dependency": {
			[]origin{unchanged, added}, true, true, "main.go, Sparta application, lambda.Start in a dependency",
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			rewritten := Transformation{
				files:  map[string]transformed{},
				mains:  []string{filepath.Join(dir, "main.go")},
				Sparta: test.sparta,
				remote: test.remote,
			}
			for i, origin := range test.origins {
				rewritten.files[string(rune('a'+i))] = transformed{origin: origin}
			}
			if got := rewritten.Summary(dir, ""); got != test.want {
				t.Errorf("summary is %q, want %q", got, test.want)
			}
		})
	}
}

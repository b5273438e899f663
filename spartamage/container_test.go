package spartamage

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
)

// A container needs the files that GOFLAGS names, wherever they are.
func TestNamedFiles(t *testing.T) {
	for flags, test := range map[string]struct {
		want []string
		err  string
	}{
		"":                             {want: nil},
		"-pgo=off":                     {want: nil},
		"-pgo=/elsewhere/cpu.pgo":      {want: []string{"/elsewhere/cpu.pgo"}},
		"-modfile=/elsewhere/alt.mod":  {want: []string{"/elsewhere"}},
		"-toolexec=/elsewhere/wrap -x": {want: []string{"/elsewhere/wrap"}},
		"-toolexec=wrap":               {err: "GOFLAGS has -toolexec=wrap, which a container does not have"},
	} {
		t.Run(flags, func(t *testing.T) {
			if flags != "" {
				flags = "'" + flags + "'"
			}
			dir := t.TempDir()
			o := compileOptions{
				Dir: dir, Output: filepath.Join(dir, "build", "x.so"), Package: ".",
				Env: gosource.Environment{GOFLAGS: flags},
			}
			c, err := o.prepare(t.Context())
			noError(t, err)
			got, err := c.namedFiles()
			if !says(err, test.err) || !slices.Equal(got, test.want) {
				t.Errorf("got %q, %v, want %q, %q", got, err, test.want, test.err)
			}
		})
	}
	overlay := gosource.Overlay{"/app/a.go": "/b/a.go", "/app/c.go": ""}
	c := compilation{compileOptions: compileOptions{UserOverlay: overlay}}
	if got, err := c.namedFiles(); err != nil || strings.Join(got, " ") != "/b/a.go" {
		t.Errorf("of an overlay: %q, %v", got, err)
	}
}

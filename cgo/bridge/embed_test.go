//go:build !lambdabinary

package bridge_test

import (
	"bytes"
	"flag"
	"io/fs"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/go-sparta/sparta/cgo/bridge"
)

var update = flag.Bool("update", false, "write sources.txtar")

// Libraries are compiled from the archive, not from the files that are changed here.
func TestSourcesAreThoseOfThisFolder(t *testing.T) {
	var archive txtar.Archive
	want := map[string]string{}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		source := strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && name != "embed.go" ||
			strings.HasSuffix(name, ".s")
		if err != nil || entry.IsDir() || !source {
			return err
		}
		content, err := os.ReadFile(name)
		content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: content})
		want[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("sources.txtar", txtar.Format(&archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got := maps.Collect(bridge.Files()); !maps.Equal(got, want) {
		t.Errorf("sources.txtar has %d files and differs from the %d of this folder: "+
			"go test ./cgo/bridge -update writes it", len(got), len(want))
	}
}

package workspace_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/workspace"
)

func TestTheRecordOfAZip(t *testing.T) {
	w := workspace.Dir(t.TempDir())
	type artifact struct{ Name, Stage, Zip, Checksum string }
	type record struct{ Artifact artifact }
	paths := map[string]string{}
	for i, one := range []artifact{
		{"a", "s1", "/a.zip", "1"},
		{"a", "s2", "/a.zip", "2"},
		{"a", "s3", "/a.zip", "3"},
		{"b", "s4", "/b.zip", "4"},
		{"b", "s5", "/b.zip", "5"},
		{"b", "s6", "/b.zip", "6"},
		{"b", "s7", "/b.zip", "7"},
	} {
		path := filepath.Join(w.Records(), one.Checksum+".json")
		if err := w.WriteRecord(path, record{one}, map[string]string{"main.go": one.Checksum}); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(time.Duration(i-10) * time.Minute)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		paths[one.Checksum] = path
	}
	for _, test := range []struct{ zip, checksum, want string }{
		{"/a.zip", "2", paths["2"]},
		{"/a.zip", "changed", paths["3"]},
		{"/b.zip", "4", paths["7"]},
		{"/c.zip", "1", ""},
	} {
		if got := w.RecordOf(test.zip, test.checksum); got != test.want {
			t.Errorf("%s, %s: got %q, want %q", test.zip, test.checksum, got, test.want)
		}
	}
	var sources map[string]string
	if !workspace.ReadRecord(workspace.SourcesOf(paths["2"]), &sources) || sources["main.go"] != "2" {
		t.Errorf("the sources are %v", sources)
	}
	if _, err := os.Stat(workspace.SourcesOf(paths["4"])); !os.IsNotExist(err) {
		t.Errorf("the sources of a removed record are still there: %v", err)
	}
}

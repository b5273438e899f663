package product

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// publish DIR PATH VERSION PROXY writes a module to a folder for GOPROXY, so that it is downloaded to the module
// cache like any dependency.
func publish(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: publish dir path version proxy")
	}
	path, version := args[1], args[2]
	source := ts.MkAbs(args[0])
	var archive bytes.Buffer
	packed := zip.NewWriter(&archive)
	files, err := readTree(source)
	ts.Check(err)
	for name := range files {
		content, err := os.ReadFile(filepath.Join(source, name))
		if err != nil { // a folder
			continue
		}
		w, err := packed.Create(path + "@" + version + "/" + filepath.ToSlash(name))
		ts.Check(err)
		_, err = w.Write(content)
		ts.Check(err)
	}
	ts.Check(packed.Close())
	mod := ts.ReadFile(filepath.Join(source, "go.mod"))
	for name, content := range map[string]string{
		"list":            version + "\n",
		version + ".info": fmt.Sprintf("{\"Version\": %q, \"Time\": \"2026-01-01T00:00:00Z\"}\n", version),
		version + ".mod":  mod,
		version + ".zip":  archive.String(),
	} {
		ts.Check(writeFile(filepath.Join(ts.MkAbs(args[3]), filepath.FromSlash(path), "@v", name), content))
	}
}

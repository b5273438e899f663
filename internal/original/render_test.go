//go:build unix

package original

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/original/leftovers"
	"github.com/go-sparta/sparta/internal/testfiles"
)

// program writes what Sparta writes.
const program = `#!/bin/sh
mkdir -p .sparta
: >Sparta.lambda.amd64
echo '{}' >.sparta/Shop-cftemplate.json
: >.sparta/Shop-code.zip
`

func TestRenderLeavesNothingAlsoAfterARunThatWasKilled(t *testing.T) {
	dir := t.TempDir()
	testfiles.Write(t, dir, map[string]string{"app/main.go": ""})
	path := filepath.Join(dir, "program")
	if err := os.WriteFile(path, []byte(program), 0o755); err != nil {
		t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	options := Options{
		Program: path, Dir: filepath.Join(dir, "app"), Workspace: filepath.Join(dir, "workspace"), Logger: log,
	}
	kept := filepath.Join(options.Workspace, leftovers.Folder)
	if err := os.MkdirAll(kept, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := leftovers.Begin(kept, options.Dir); err != nil {
		t.Fatal(err)
	}
	testfiles.Write(t, options.Dir, map[string]string{
		"Sparta.lambda.amd64": "", ".sparta/Other-S3Site.zip": "of the service's old name",
	})
	rendered, err := Render(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Dir(rendered.Template) != kept || rendered.Site != "" {
		t.Errorf("rendered %+v", rendered)
	}
	entries, err := os.ReadDir(options.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if got := strings.Join(names, " "); got != "main.go" {
		t.Errorf("the application's folder has %s", got)
	}
}

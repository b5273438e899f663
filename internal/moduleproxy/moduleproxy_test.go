package moduleproxy_test

import (
	"archive/zip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/moduleproxy"
	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestTheGoCommandDownloadsWhatIsPublished(t *testing.T) {
	module, proxy, user := t.TempDir(), t.TempDir(), t.TempDir()
	testfiles.Write(t, module, map[string]string{
		"go.mod":        "module example.com/greeting\n\ngo 1.24\n",
		"greeting.go":   "package greeting\n\nconst Text = \"hello\"\n",
		"nested/go.mod": "module example.com/greeting/nested\n",
		"nested/x.go":   "package nested\n",
		".git/config":   "",
	})
	published, err := moduleproxy.This(module, "v1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	published.Path = "example.com/greeting"
	if err := moduleproxy.Publish(published, proxy); err != nil {
		t.Fatal(err)
	}
	testfiles.Write(t, user, map[string]string{
		"go.mod":  "module example.com/user\n\ngo 1.24\n\nrequire example.com/greeting v1.2.3\n",
		"main.go": "package main\n\nimport \"example.com/greeting\"\n\nfunc main() { println(greeting.Text) }\n",
	})
	run := exec.Command("go", "run", "-mod=mod", "-modcacherw", ".")
	run.Dir = user
	run.Env = append(os.Environ(), "GOPROXY=file://"+filepath.ToSlash(proxy), "GOSUMDB=off", "GOFLAGS=", "GOWORK=off",
		"GOMODCACHE="+t.TempDir())
	out, err := run.CombinedOutput()
	if err != nil || !strings.HasSuffix(string(out), "hello\n") {
		t.Errorf("go run: %v\n%s", err, out)
	}
	archive, err := zip.OpenReader(filepath.Join(proxy, "example.com/greeting/@v/v1.2.3.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var names []string
	for _, file := range archive.File {
		names = append(names, strings.TrimPrefix(file.Name, "example.com/greeting@v1.2.3/"))
	}
	if want := []string{"go.mod", "greeting.go"}; !slices.Equal(names, want) {
		t.Errorf("the release has the files %q, want %q", names, want)
	}
}

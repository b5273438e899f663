//go:build unix

package console_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/go-sparta/sparta/internal/explore/console"
)

// What is not a file is neither read nor replaced: to open a pipe would be to wait for its writer, and nothing could be
// saved meanwhile.
func TestWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	err := errors.Join(
		syscall.Mkfifo(path("pipe.json"), 0o644), syscall.Mkfifo(path("pipe.go"), 0o644),
		os.Mkdir(path("folder.json"), 0o755), os.WriteFile(path("real.json"), []byte("{}"), 0o644),
		os.Symlink("real.json", path("link.json")), os.Symlink("link.json", path("chain.json")),
		os.Symlink("missing.json", path("dangling.json")), os.Symlink("loop.json", path("loop.json")),
		os.Symlink("/dev/null", path("device.json")), os.Symlink("pipe.json", path("piped.json")),
	)
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, console.Options{EventsDir: dir})
	for name, want := range map[string]struct{ loaded, saved string }{
		"pipe":     {"409 not a file", "409 not a file"},
		"folder":   {"409 not a file", "409 not a file"},
		"link":     {"200 {}", "409 is a link"},
		"chain":    {"200 {}", "409 is a link"},
		"dangling": {"409 is a link", "409 is a link"},
		"loop":     {"409 is a link", "409 is a link"},
		"device":   {"409 is a link", "409 is a link"},
		"piped":    {"409 is a link", "409 is a link"},
	} {
		for method, want := range map[string]string{"GET": want.loaded, "PUT": want.saved} {
			status, text := s.send(method, "/console/api/events/"+name, `{"new":1}`)
			code, part, _ := strings.Cut(want, " ")
			if code != strconv.Itoa(status) || !strings.Contains(text, part) {
				t.Errorf("%s %s: %d %s, want %s", method, name, status, text, want)
			}
		}
	}
	if _, err := console.FindSource([]console.SourceRoot{{Dir: dir}}, "pipe.go"); err == nil {
		t.Error("a pipe is a source")
	}
	if status, text := s.send("PUT", "/console/api/events/new", "{}"); status != http.StatusOK {
		t.Errorf("another event is not saved: %d %s", status, text)
	}
}

func TestAFileThatOnlyItsOwnerMayReadStaysSo(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, console.Options{EventsDir: dir})
	for name, mode := range map[string]os.FileMode{"own": 0o600} {
		path := filepath.Join(dir, name+".json")
		if err := os.WriteFile(path, []byte("{}"), mode); err != nil {
			t.Fatal(err)
		}
		version := call[struct{ Version string }](s, "GET", "/console/api/events/"+name, "").Version
		if status, text := s.send("PUT", "/console/api/events/"+name+"?version="+version, "1"); status != 200 {
			t.Fatalf("%s: %d %s", name, status, text)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s has the mode %v, want %v", name, info.Mode(), mode)
		}
	}
}

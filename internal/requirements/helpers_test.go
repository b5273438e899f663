package requirements_test

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/requirements"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// wheels makes an index of wheels: each of them has a module of the project's name.
func wheels(t *testing.T, names ...string) string {
	t.Helper()
	testrequire.Need(t, "python")
	dir := t.TempDir()
	for _, name := range names {
		addWheel(t, dir, name, nil)
	}
	t.Setenv("PIP_NO_INDEX", "1")
	t.Setenv("PIP_FIND_LINKS", dir)
	t.Setenv("PIP_TARGET", "/must/not/count")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	return dir
}

// addWheel adds a wheel to an index, with further files.
func addWheel(t *testing.T, dir, name string, more map[string]string) {
	t.Helper()
	parts := strings.SplitN(name, "-", 3)
	info := parts[0] + "-" + parts[1] + ".dist-info/"
	content := map[string]string{
		parts[0] + "/__init__.py":    "version = '" + name + "'\n",
		parts[0] + "/tests/x.py":     "pass\n",
		info + "METADATA":            "Metadata-Version: 2.1\nName: " + parts[0] + "\nVersion: " + parts[1] + "\n",
		info + "WHEEL":               "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: " + parts[2] + "\n",
		info + "entry_points.txt":    "[console_scripts]\n" + parts[0] + " = " + parts[0] + ":main\n",
		info + "RECORD":              "",
		parts[0] + "/data/table.txt": "1\n",
	}
	maps.Copy(content, more)
	var zipped bytes.Buffer
	archive := zip.NewWriter(&zipped)
	for path, text := range content {
		out, err := archive.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(out, text)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, name+".whl"), zipped.String())
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// prepare installs a requirements file of this content.
func prepare(t *testing.T, text, python, goarch string) (requirements.Packages, string, error) {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "requirements.txt"), text)
	var log bytes.Buffer
	logger := logrus.New()
	logger.SetOutput(&log)
	packages, err := requirements.Prepare(t.Context(), requirements.Options{
		Dir: dir, File: "requirements.txt", Python: python, GOARCH: goarch, Cache: t.TempDir(), Log: logger,
	})
	return packages, log.String(), err
}

func filesOf(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func cacheFolder() string {
	return filepath.Join(os.Getenv("XDG_CACHE_HOME"), "sparta", "requirements")
}

func silent() *logrus.Logger {
	logger := logrus.New()
	logger.SetOutput(io.Discard)
	return logger
}

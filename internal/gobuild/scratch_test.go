package gobuild

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestScratch(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("HOME", cache)
	t.Setenv("LocalAppData", cache)
	variables, remove := Scratch()
	if len(variables) != 1 {
		t.Fatalf("the variables are %q", variables)
	}
	dir := strings.TrimPrefix(variables[0], "GOTMPDIR=")
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		t.Fatalf("%s: %v", dir, err)
	}
	// A killed build leaves its folder.
	ended := exec.Command(os.Args[0], "-test.run=^$") // the go command would go on writing to HOME
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(filepath.Dir(dir), ".build."+strconv.Itoa(ended.Process.Pid)+".x.tmp", "go-build1")
	if err := os.MkdirAll(left, 0o755); err != nil {
		t.Fatal(err)
	}
	_, removeSecond := Scratch()
	defer removeSecond()
	if _, err := os.Stat(left); err == nil {
		t.Error("what a killed build left is still there")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Errorf("the folder of a running build: %v", err)
	}
	remove()
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder is still there")
	}
}

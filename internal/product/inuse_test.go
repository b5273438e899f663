package product

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A local run keeps its files while other packages of the same folder are built, and removed.
func TestAPackageInUseStays(t *testing.T) {
	needHost(t)
	t.Parallel()
	p := newProject(t, "plain")
	source := `package main

import (
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	lambda.Start(func() (string, error) {
		for {
			if _, err := os.Stat("FILE"); err == nil {
				return "NAME", nil
			}
			time.Sleep(20 * time.Millisecond)
		}
	})
}
`
	file := filepath.Join(t.TempDir(), "go on")
	for _, name := range []string{"first", "second"} {
		p.write(t, "cmd/"+name+"/main.go", strings.NewReplacer("FILE", file, "NAME", name).Replace(source))
	}
	p.build(t, "SPARTA_PACKAGE=./cmd/first")
	stage := p.stage()

	running := make(chan outcome, 1)
	go func() { running <- p.mage(t, []string{"SPARTA_PACKAGE=./cmd/first"}, "cgo:invoke", "-timeout=2m") }()
	waitUntil(t, func() bool { // it has the library open
		maps, _ := filepath.Glob("/proc/[0-9]*/maps")
		for _, path := range maps {
			if content, err := os.ReadFile(path); err == nil && strings.Contains(string(content), stage) {
				return true
			}
		}
		return false
	})
	old := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(stage, old, old); err != nil {
		t.Fatal(err)
	}
	// More packages of its name than builds keep records of, so that its own files are no longer needed.
	for _, version := range []string{"1", "2", "3", "4"} {
		p.build(t, "SPARTA_PACKAGE=./cmd/second", "SPARTA_NAME=first", "SPARTA_BUILD_TAGS=v"+version)
	}
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := <-running; got.stdout != "\"first\"\n" {
		t.Errorf("the run returned %q\n%s", got.stdout, got.stderr)
	}
	p.build(t, "SPARTA_PACKAGE=./cmd/second", "SPARTA_NAME=first", "SPARTA_BUILD_TAGS=v5")
	if _, err := os.Stat(stage); err == nil {
		t.Error("its files stay although nobody uses or remembers them")
	}
}

func waitUntil(t *testing.T, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it did not happen within a minute")
		}
	}
}

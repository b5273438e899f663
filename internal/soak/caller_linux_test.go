package main

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// compileCaller compiles testdata/caller.c.
func compileCaller(t *testing.T) string {
	t.Helper()
	testrequire.Need(t, "gcc")
	program := filepath.Join(t.TempDir(), "caller")
	out, err := exec.CommandContext(t.Context(),
		"gcc", "-O1", "-g", "-Wall", "-Werror", "-o", program, "testdata/caller.c", "-ldl").CombinedOutput()
	if err != nil {
		t.Fatalf("gcc: %v\n%s", err, out)
	}
	return program
}

// buildLibrary builds the application and returns its library.
func buildLibrary(t *testing.T) string {
	t.Helper()
	keepSettings(t)
	stage := t.TempDir()
	if err := (options{}).build(t.Context(), stage); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(stage, "bin", "app.so")
}

// A program in C calls the library as Python does. The memory of what it passes ends with its last byte, and with the
// call.
func TestTheLibraryReadsOnlyWhatItIsPassed(t *testing.T) {
	caller, library := compileCaller(t), buildLibrary(t)
	for _, kind := range []string{"typed", "raw", "any", "bytes"} {
		cmd := exec.CommandContext(t.Context(), caller, library, "1000")
		cmd.Env = append(os.Environ(), "SOAK_HANDLER="+kind)
		if out, err := cmd.CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "1000 calls") {
			t.Errorf("%s: %v\n%.2000s", kind, err, out)
		}
	}
}

// Valgrind sees what the library allocates in C, and how it is freed. It does not understand Go's stacks and heap, so
// what it says of them does not count.
func TestTheLibraryLeaksNoMemoryOfC(t *testing.T) {
	testrequire.Need(t, "valgrind")
	caller, library := compileCaller(t), buildLibrary(t)
	report := filepath.Join(t.TempDir(), "report.xml")
	cmd := exec.CommandContext(t.Context(), "valgrind", "--xml=yes", "--xml-file="+report, "--leak-check=full",
		"--show-leak-kinds=definite", "--error-limit=no", caller, library, "300")
	cmd.Env = append(os.Environ(), "SOAK_HANDLER=typed")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("valgrind: %v\n%.2000s", err, out)
	}
	content, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	var found struct {
		Errors []struct {
			Kind   string `xml:"kind"`
			What   string `xml:"xwhat>text"`
			Frames []struct {
				Function string `xml:"fn"`
				Object   string `xml:"obj"`
			} `xml:"stack>frame"`
		} `xml:"error"`
	}
	if err := xml.Unmarshal(content, &found); err != nil {
		t.Fatal(err)
	}
	for _, e := range found.Errors {
		counts := []string{"Leak_DefinitelyLost", "InvalidFree", "MismatchedFree", "SyscallParam", "Overlap"}
		if slices.Contains(counts, e.Kind) {
			t.Errorf("%s %s: %+v", e.Kind, e.What, e.Frames)
		}
	}
}

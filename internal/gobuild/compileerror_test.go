//go:build unix

package gobuild

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

func TestOutcomeDistinguishesTheCompilersErrors(t *testing.T) {
	const link = "/usr/local/go/pkg/tool/linux_amd64/link"
	tests := map[string]struct {
		output   string
		compiler bool
		says     string
	}{
		"a type error":             {"# example.com/a\n./main.go:3:2: undefined: x", true, "undefined: x"},
		"a syntax error":           {"cmd/x/main.go:3:2: syntax error: unexpected }", true, "syntax error"},
		"gcc's words":              {"# example.com/a\nmain.c:3:2: error: no", true, "main.c:3:2"},
		"a module that is missing": {"main.go:2:8: module lookup disabled by GOPROXY=off", false, "go mod download"},
		"go.sum out of date": {
			"main.go:2:8: missing go.sum entry for module providing package a.b/c; to add:\n\tgo mod download a.b/c",
			false,
			"go mod download a.b/c",
		},
		"a module cache that is damaged": {
			"# a.b/c/d\nopen ../mod/a.b/c@v1.2.3/d/d.go: no such file or directory",
			false,
			"go mod verify",
		},
		"a full disk": {
			"# example.com/a\n/usr/bin/ld: final link failed: no space left on device",
			false,
			"free some space",
		},
		"a flag without a value": {
			"# example.com/a\n" + link + ": -X flag requires argument of the form importpath.name=value",
			false,
			"rejects its flags: -X flag requires argument",
		},
		"a flag that does not fit": {
			"# example.com/a\n" + link +
				": internal linking requested but external linking required: buildmode=c-shared",
			false,
			"rejects its flags: internal linking requested",
		},
		"a word that is not a flag": {
			"# example.com/a\nusage: link [options] main.o\n  -B note",
			false,
			"rejects its flags: a word among them is not a flag",
		},
		"flags that ld rejects": {
			"# example.com/a\nflag provided but not defined: -nope\nusage: link [options] main.o\n  -B note",
			false,
			"rejects its flags: flag provided but not defined: -nope: check SPARTA_LDFLAGS",
		},
		"the linker of Windows": {
			"# example.com/a\nC:\\go\\link.exe: -X flag requires argument of the form importpath.name=value",
			false,
			"rejects its flags: -X flag requires argument",
		},
		"words of a linker in a C compiler's error": {
			"# example.com/a\n/usr/bin/ld: -z flag is unknown", true, "/usr/bin/ld: -z flag is unknown",
		},
		"an error in a header":       {"In file included from a.c:1:\n/usr/x.h:2:1: error: no", true, "/usr/x.h:2:1"},
		"an error in a Windows file": {"C:\\a\\main.go:3:2: undefined: x", true, "undefined: x"},
		"a file's name and no line":  {"open main.go: permission denied", false, "permission denied"},
		"words of the go command":    {"go: inconsistent vendoring in /app", false, "inconsistent vendoring"},
	}
	failed := exitError(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := Outcome(test.output+"\n", failed)
			rejected := new(CompileError)
			if errors.As(err, &rejected) != test.compiler || !strings.Contains(fmt.Sprint(err), test.says) {
				t.Errorf("Outcome() = %v", err)
			}
		})
	}
}

// exitError returns the error of a command that exits with status 1.
func exitError(t *testing.T) error {
	t.Helper()
	err := exec.Command("/bin/sh", "-c", "exit 1").Run()
	if err == nil {
		t.Fatal("sh -c 'exit 1' succeeded")
	}
	return err
}

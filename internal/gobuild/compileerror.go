package gobuild

import (
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

// CompileError reports that the compiler rejected the application.
type CompileError struct {
	Text string // the compiler's output, with the user's files and lines
}

func (e *CompileError) Error() string { return "the application does not compile:\n" + e.Text }

// Outcome returns the error of a go command that ended with err and this output.
func Outcome(output string, err error) error {
	var exit *exec.ExitError
	text := strings.TrimSpace(output)
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &exit) || text == "":
		return err
	case strings.Contains(text, "no space left on device"):
		return fmt.Errorf("%s\nthe disk is full: free some space and build again", text)
	case linkerRefusal(text) != "":
		return fmt.Errorf("the linker rejects its flags: %s: check SPARTA_LDFLAGS, and -ldflags in GOFLAGS; "+
			"`go tool link -help` lists the flags", linkerRefusal(text))
	case isModuleTrouble(text) || gosource.IsDamaged(text) || !isCompilerOutput(text):
		return gosource.WithAdvice(text)
	}
	return &CompileError{Text: text}
}

// linkerRefusal returns why the linker rejects its flags, or nothing if it does not.
func linkerRefusal(text string) string {
	previous := ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "usage: link ") {
			if strings.HasPrefix(previous, "# ") { // the linker writes only its usage
				return "a word among them is not a flag: write values as -name=value"
			}
			return previous
		}
		if program, message, ok := strings.Cut(line, ": "); ok && isLinker(program) && isAboutFlags(message) {
			return message
		}
		previous = line
	}
	return ""
}

// isLinker reports whether a message's beginning is the path of the linker.
func isLinker(program string) bool {
	name := program[strings.LastIndexAny(program, `/\`)+1:]
	return name == "link" || name == "link.exe"
}

// isAboutFlags reports whether the linker rejects a flag's value, or flags that contradict each other.
func isAboutFlags(message string) bool {
	flag, problem, _ := strings.Cut(message, " ")
	return strings.HasPrefix(flag, "-") && strings.HasPrefix(problem, "flag ") ||
		strings.Contains(message, " linking requested but ")
}

// isModuleTrouble reports whether the go command lacks a module.
func isModuleTrouble(text string) bool {
	return slices.ContainsFunc([]string{
		"module lookup disabled",
		"missing go.sum entry",
		"no required module provides",
		"cannot find module providing",
		"dial tcp",
		"updates to go.mod needed",
		"updates to go.sum needed",
		"updates to go.work needed",
		"inconsistent vendoring",
	}, func(phrase string) bool { return strings.Contains(text, phrase) })
}

// isCompilerOutput reports whether one of the lines is the title of a package's errors, or has a position in a source.
func isCompilerOutput(text string) bool {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "# ") || hasPosition(line) {
			return true
		}
	}
	return false
}

// hasPosition reports whether a line begins with a file and a number: main.go:3:2.
func hasPosition(line string) bool {
	for _, extension := range []string{".go:", ".c:", ".h:", ".cc:", ".cpp:"} {
		file, rest, ok := strings.Cut(line, extension)
		if ok && file != "" && !strings.ContainsAny(file, " \t") && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return true
		}
	}
	return false
}

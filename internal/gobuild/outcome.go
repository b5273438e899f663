package gobuild

import (
	"errors"
	"fmt"
	"os/exec"
	"regexp"
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
	case moduleTrouble.MatchString(text) || !compilerOutput.MatchString(text):
		return gosource.WithAdvice(text)
	}
	return &CompileError{Text: text}
}

// linkerRefusal returns why the linker rejects its flags, or nothing if it does not.
func linkerRefusal(text string) string {
	found := linkerUsage.FindStringSubmatch(text)
	switch {
	case found == nil:
		return ""
	case strings.HasPrefix(found[1], "# "): // the linker writes only its usage
		return "a word among them is not a flag: write values as -name=value"
	}
	return found[1] + found[2]
}

var (
	moduleTrouble = regexp.MustCompile(strings.Join([]string{
		`module lookup disabled`,
		`missing go\.sum entry`,
		`no required module provides`,
		`cannot find module providing`,
		`dial tcp`,
		`updates to go\.(mod|work|sum) needed`,
		`inconsistent vendoring`,
	}, "|"))
	linkerUsage = regexp.MustCompile(`(?m)^(.*)\nusage: link |` +
		`^(?:\S*[/\\])?link(?:\.exe)?: (-\S+ flag .*|.* linking requested but .*)$`)
	compilerOutput = regexp.MustCompile(`(?m)^# |^\S+\.(go|c|h|cc|cpp):\d+`)
)

package gosource

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// damagedAdvice is what to do if files of the module cache are missing. The go command does not notice it: it keeps an
// index of each module, which names the files that were there once.
const damagedAdvice = "the module cache is damaged: `go mod verify` names the modules that have changed; remove " +
	"their folders from it, or all modules with `go clean -modcache`, and run `go mod download`"

// Unreadable returns the error of reading a file that the go command has named, with advice.
func (a *Application) Unreadable(path string, err error) error {
	switch {
	case !files.Under(path, a.ModCache):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w\n%s", err, damagedAdvice)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w\nmake the module cache yours (`sudo chown -R $(id -u) %s`), or set GOMODCACHE to "+
			"another folder", err, a.ModCache)
	}
	return err
}

// IsDamaged reports whether a message of the go command or the compiler says that a file of the module cache is
// missing. The folder of a module there ends with its version: github.com/aws/aws-lambda-go@v1.50.0.
func IsDamaged(text string) bool {
	for line := range strings.Lines(text) {
		_, opened, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "open ")
		path, reason, _ := strings.Cut(opened, ": ")
		if strings.Contains(path, "@v") &&
			(reason == "no such file or directory" || strings.HasPrefix(reason, "The system cannot find the ")) {
			return true
		}
	}
	return false
}

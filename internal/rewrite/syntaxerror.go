package rewrite

import (
	"errors"
	"fmt"
	"go/scanner"
	"strings"
)

// SyntaxError reports what in a file of the application is not Go.
type SyntaxError struct {
	importPath string // its package's
	problems   scanner.ErrorList
}

// syntaxError returns the error of a file that the parser rejects.
func syntaxError(importPath string, err error) error {
	found := &SyntaxError{importPath: importPath}
	if !errors.As(err, &found.problems) {
		return err
	}
	return found
}

func (e *SyntaxError) Error() string { return e.Text(func(path string) string { return path }) }

// Text writes the error like one of the compiler. Shown returns how a path is written.
func (e *SyntaxError) Text(shown func(path string) string) string {
	text := []string{"the application does not compile:", "# " + e.importPath}
	for _, problem := range e.problems {
		at := problem.Pos
		where := fmt.Sprintf("%s:%d:%d", shown(at.Filename), at.Line, at.Column)
		text = append(text, where+": syntax error: "+problem.Msg)
	}
	return strings.Join(text, "\n")
}

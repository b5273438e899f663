package rewrite

import (
	"errors"
	"fmt"
	"go/scanner"
	"strings"
)

// SyntaxError reports what in the files of the application is not Go.
type SyntaxError struct {
	packages []wrongPackage
}

// wrongPackage is a package with files that the parser rejects.
type wrongPackage struct {
	importPath string
	problems   scanner.ErrorList
}

// maxProblems is how many errors of a package the compiler lists.
const maxProblems = 10

// add adds the errors of a package's files, and reports whether they are errors of syntax.
func (e *SyntaxError) add(err error) bool {
	found := new(SyntaxError)
	if !errors.As(err, &found) {
		return false
	}
	e.packages = append(e.packages, found.packages...)
	return true
}

// or returns the error, or another one if there are no errors of syntax. These come first, as with the compiler.
func (e *SyntaxError) or(other error) error {
	if len(e.packages) > 0 {
		return e
	}
	return other
}

func (e *SyntaxError) Error() string { return e.Text(func(path string) string { return path }) }

// Text writes the error like one of the compiler. Shown returns how a path is written.
func (e *SyntaxError) Text(shown func(path string) string) string {
	text := []string{"the application does not compile:"}
	for _, p := range e.packages {
		text = append(text, "# "+p.importPath)
		for i, problem := range p.problems {
			at := problem.Pos
			where := fmt.Sprintf("%s:%d:%d", shown(at.Filename), at.Line, at.Column)
			if i == maxProblems {
				text = append(text, where+": too many errors")
				break
			}
			text = append(text, where+": syntax error: "+problem.Msg)
		}
	}
	return strings.Join(text, "\n")
}

package rebuild

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gobuild"
)

// Problem is one reason why a build has failed.
type Problem struct {
	File    string // absolute path; empty means that no file has caused it
	Line    int    // 0 means unknown
	Column  int    // in bytes; 0 means unknown
	Message string
	Source  []SourceLine // the lines around Line
}

// SourceLine is a line of a file.
type SourceLine struct {
	Number int
	Text   string
}

// around is how many lines are shown before and after the line of a problem.
const around = 2

// positions match messages about a place in a file: those of compilers, and those with words before them.
var positions = []*regexp.Regexp{
	regexp.MustCompile(`^((?:[A-Za-z]:)?[^:]*\.[A-Za-z]+):(\d+)(?::(\d+))?: (.+)$`),
	regexp.MustCompile(`(?:^|\s)((?:[A-Za-z]:)?[^\s:]+\.[A-Za-z]+):(\d+)(?::(\d+))?: (.+)$`),
}

func findPosition(line string) []string {
	for _, one := range positions {
		if found := one.FindStringSubmatch(line); found != nil {
			return found
		}
	}
	return nil
}

// ProblemsOf returns the problems that the error of a build names, at least one. Relative paths are those in dir.
func ProblemsOf(err error, dir string) []Problem {
	text := err.Error()
	if rejected := new(gobuild.CompileError); errors.As(err, &rejected) {
		text = rejected.Text
	}
	var problems []Problem
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		found := findPosition(line)
		switch {
		case found != nil:
			problem := Problem{File: files.Absolute(dir, found[1]), Message: found[4]}
			problem.Line, _ = strconv.Atoi(found[2])
			problem.Column, _ = strconv.Atoi(found[3])
			problems = append(problems, problem)
		case strings.HasPrefix(line, "\t") && len(problems) > 0: // it continues the message
			problems[len(problems)-1].Message += "\n" + line
		}
	}
	if len(problems) == 0 {
		return []Problem{{Message: strings.TrimPrefix(text, "build: ")}}
	}
	for i := range problems {
		problems[i].Source = linesAround(problems[i].File, problems[i].Line)
	}
	return problems
}

// linesAround returns the lines around one of a file, or none if they cannot be read.
func linesAround(path string, line int) []SourceLine {
	content, err := os.ReadFile(path)
	if err != nil || line < 1 {
		return nil
	}
	var found []SourceLine
	number := 0
	for text := range strings.Lines(string(content)) {
		number++
		if number >= line-around && number <= line+around {
			found = append(found, SourceLine{number, strings.TrimRight(text, "\r\n")})
		}
	}
	return found
}

// Write writes a problem as people read it. Paths are shown as in dir.
func (p Problem) Write(out io.Writer, dir string) {
	if p.File == "" {
		fmt.Fprintln(out, p.Message)
		return
	}
	fmt.Fprintf(out, "%s:%d:", files.Shown(dir, p.File), p.Line)
	if p.Column > 0 {
		fmt.Fprintf(out, "%d:", p.Column)
	}
	fmt.Fprintf(out, " %s\n", p.Message)
	for _, line := range p.Source {
		mark := " "
		if line.Number == p.Line {
			mark = ">"
		}
		fmt.Fprintf(out, "%s %5d | %s\n", mark, line.Number, strings.ReplaceAll(line.Text, "\t", "    "))
	}
}

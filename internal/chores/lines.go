package chores

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// LineRule limits the columns of a line. Tab stops are every four columns, and any other character is one column
// wide. In Markdown, table rows cannot be broken and recorded output should not be: there, the rule does not apply to
// lines that begin with | or are indented by at least four columns.
type LineRule struct {
	Root     string
	Limit    int
	Patterns []string // names of files to check, see Find
}

// Check writes the place of each line that is too long to out, and fails if there are any.
func (r LineRule) Check(out io.Writer) error {
	long := 0
	for _, pattern := range r.Patterns {
		files, err := Find(r.Root, pattern)
		if err != nil {
			return err
		}
		for _, file := range files {
			content, err := os.ReadFile(filepath.Join(r.Root, filepath.FromSlash(file)))
			if err != nil {
				return err
			}
			number := 0
			for line := range strings.Lines(string(content)) {
				number++
				if strings.HasSuffix(file, ".md") && isTableOrCode(line) {
					continue
				}
				if width := columns(line); width > r.Limit {
					long++
					fmt.Fprintf(out, "%s:%d: %d columns\n", file, number, width)
				}
			}
		}
	}
	if long > 0 {
		return fmt.Errorf("lines longer than %d columns: %d; break them", r.Limit, long)
	}
	return nil
}

// isTableOrCode reports whether a line of Markdown looks like a row of a table or a line of an indented code block.
func isTableOrCode(line string) bool {
	return strings.HasPrefix(line, "|") || strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")
}

// columns returns the width of a line without its line break.
func columns(line string) int {
	width := 0
	for _, character := range strings.TrimRight(line, "\r\n") {
		if character == '\t' {
			width += 4 - width%4
		} else {
			width++
		}
	}
	return width
}

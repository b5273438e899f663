package requirements

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/files"
)

// list is what a requirements file says, with the files to which it refers.
type list struct {
	path     string
	provided []string // packages that Lambda's runtime has
	sum      string   // of the contents of all files
}

// reader reads a requirements file and those that it includes.
type reader struct {
	dir      string // what wheels are relative to, wherever they are named
	seen     map[source]bool
	contents []string
	provided []string
	found    bool // whether there is a requirement

	constraints bool // whether the file that is being read only limits versions
}

// source is a file in one of its roles.
type source struct {
	path        string
	constraints bool
}

func read(dir, file string) (list, error) {
	path := files.Absolute(dir, file)
	r := &reader{dir: filepath.Dir(path), seen: map[source]bool{}}
	if err := r.read(path, file); err != nil {
		return list{}, err
	}
	if !r.found {
		return list{}, errors.New("it has no requirement: add one, for example jmespath==1.1.0, " +
			"or unset SPARTA_REQUIREMENTS")
	}
	sum := blake2b.Sum256([]byte(strings.Join(r.contents, "\x00")))
	return list{path: path, provided: r.provided, sum: fmt.Sprintf("%x", sum)}, nil
}

func (r *reader) read(path, shown string) error {
	as := source{path, r.constraints}
	if r.seen[as] {
		return nil
	}
	first := len(r.seen) == 0
	r.seen[as] = true
	content, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && first:
		return fmt.Errorf("there is no file %s: create it, or correct SPARTA_REQUIREMENTS", path)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no file %s: create it, or correct the path, which is relative to this file", path)
	case err != nil:
		return fmt.Errorf("%w: name a file with a requirement on each line, for example jmespath==1.1.0", err)
	}
	text := string(files.Text(content))
	if strings.ContainsRune(text, 0) {
		return fmt.Errorf("%s is not a text file: write a requirement on each line, for example jmespath==1.1.0", shown)
	}
	r.contents = append(r.contents, text)
	for number, line := range logicalLines(text) {
		if err := r.line(path, line); err != nil {
			return fmt.Errorf("line %d of %s: %w", number, shown, err)
		}
	}
	return nil
}

// logicalLines returns the lines without comments, continued ones joined, by the number of their first line.
func logicalLines(text string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		lines := strings.Split(text, "\n")
		start, joined := 1, ""
		for i, line := range lines {
			if joined == "" {
				start = i + 1
			}
			if withoutComment(line) == "" { // pip does not continue comments
				line = ""
			}
			line, continued := strings.CutSuffix(strings.TrimRight(line, "\r"), `\`)
			joined += line
			if continued && i+1 < len(lines) {
				continue
			}
			line = withoutComment(joined)
			joined = ""
			if line != "" && !yield(start, line) {
				return
			}
		}
	}
}

// withoutComment removes what follows a # at the beginning or after a space.
func withoutComment(line string) string {
	for i := range line {
		if line[i] == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			line = line[:i]
			break
		}
	}
	return strings.TrimSpace(line)
}

// option returns an option that names a file or folder, in its long form, and its value, or nothing.
func option(line string) (name, value string) {
	for short, long := range map[string]string{"-r": "--requirement", "-c": "--constraint", "-e": "--editable"} {
		for _, written := range []string{long, short} {
			rest, ok := strings.CutPrefix(line, written)
			if ok && (written == short || strings.IndexAny(rest, " =") == 0) {
				return long, firstWord(strings.TrimLeft(rest, " ="))
			}
		}
	}
	return "", ""
}

func (r *reader) line(path, line string) error {
	switch name, value := option(line); {
	case name == "" || value == "": // pip's own error explains an option without a value
	case name == "--editable":
		return r.location(value)
	case strings.Contains(value, "://"):
		return errors.New("a file of another machine may change at any time: download it, and name the copy")
	default:
		outer := r.constraints
		defer func() { r.constraints = outer }()
		r.constraints = outer || name == "--constraint"
		return r.read(files.Absolute(filepath.Dir(path), value), value)
	}
	if strings.HasPrefix(line, "-") {
		if strings.HasPrefix(line, "--no-binary") {
			return errors.New("--no-binary would compile a package for this machine and not for Lambda: remove it, " +
				"or build a wheel in a container of Lambda's system and name its file here")
		}
		return nil // of pip: an index, --require-hashes and so on
	}
	r.found = r.found || !r.constraints
	return r.requirement(line)
}

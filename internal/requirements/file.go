package requirements

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	seen     []string // paths
	contents []string
	provided []string
	found    bool // whether there is a requirement

	constraints bool // whether the file that is being read only limits versions
}

func read(dir, file string) (list, error) {
	r := &reader{}
	path := files.Absolute(dir, file)
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
	if slices.Contains(r.seen, path) {
		return nil
	}
	content, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no file %s: create it, or correct SPARTA_REQUIREMENTS", path)
	case err != nil:
		return fmt.Errorf("%w: name a file with a requirement on each line, for example jmespath==1.1.0", err)
	}
	text := string(files.Text(content))
	if strings.ContainsRune(text, 0) {
		return fmt.Errorf("%s is not a text file: write a requirement on each line, for example jmespath==1.1.0", shown)
	}
	r.seen, r.contents = append(r.seen, path), append(r.contents, text)
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
		start, joined := 1, ""
		for i, line := range strings.Split(text, "\n") {
			line = strings.TrimRight(line, "\r")
			if joined == "" {
				start = i + 1
			}
			if rest, continued := strings.CutSuffix(line, `\`); continued {
				joined += rest
				continue
			}
			line = withoutComment(joined + line)
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
				if fields := strings.Fields(strings.TrimLeft(rest, " =")); len(fields) > 0 {
					return long, fields[0]
				}
			}
		}
	}
	return "", ""
}

// projectName returns the name with which a requirement begins, or "".
func projectName(requirement string) string {
	end := strings.IndexFunc(requirement, func(r rune) bool {
		return !strings.ContainsRune("-_.", r) && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end >= 0 {
		requirement = requirement[:end]
	}
	return strings.TrimLeft(requirement, "-_.")
}

// provided are the packages that are part of Lambda's Python runtimes, in the developer guide's "Runtime-included SDK
// versions" (docs.aws.amazon.com/lambda/latest/dg/lambda-python.html).
var provided = []string{"boto3", "botocore"}

func (r *reader) line(path, line string) error {
	switch name, value := option(line); {
	case name == "":
	case name == "--editable":
		return ownCode(value)
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
	return r.requirement(path, line)
}

func (r *reader) requirement(path, line string) error {
	word := strings.Fields(line)[0]
	url := word
	if _, rest, ok := strings.Cut(line, "@"); ok && !strings.Contains(word, "://") && !strings.HasPrefix(word, ".") {
		url = strings.TrimSpace(rest)
	}
	switch {
	case strings.HasPrefix(url, "git+"), strings.HasPrefix(url, "hg+"), strings.HasPrefix(url, "svn+"),
		strings.HasPrefix(url, "bzr+"):
		return errors.New("a repository has no wheel for Lambda: build a wheel of it, and name its file or URL here")
	case strings.Contains(url, "://"):
		return nil
	case strings.HasSuffix(word, ".whl"):
		content, err := os.ReadFile(files.Absolute(filepath.Dir(path), word))
		if err != nil {
			return err
		}
		sum := blake2b.Sum256(content)
		r.contents = append(r.contents, string(sum[:]))
		return nil
	case strings.ContainsAny(word, `/\`), strings.HasPrefix(word, "."):
		return ownCode(word)
	}
	name := normalized(projectName(line))
	if name == "" {
		return fmt.Errorf("%.80q is not a requirement: write, for example, jmespath==1.1.0", line)
	}
	if slices.Contains(provided, name) && !r.constraints {
		r.provided = append(r.provided, name)
	}
	return nil
}

// ownCode is the error of a requirement that is a folder.
func ownCode(folder string) error {
	return fmt.Errorf("%s is a folder, whose changes nobody would notice: put Python code of your own into the "+
		"folder of SPARTA_PYTHON_DIR, or name a wheel of it (*.whl)", folder)
}

// normalized returns a package's name as PEP 503 compares it.
func normalized(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return r == '-' || r == '_' || r == '.'
	}), "-")
}

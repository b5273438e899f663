package requirements

import (
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/files"
)

// provided are the packages that are part of Lambda's Python runtimes, in the developer guide's "Runtime-included SDK
// versions" (docs.aws.amazon.com/lambda/latest/dg/lambda-python.html).
var provided = []string{"boto3", "botocore"}

// requirement reads a line that is not an option: a project with versions, or the location of a wheel.
func (r *reader) requirement(line string) error {
	word := strings.Fields(line)[0]
	project, location, _ := strings.Cut(line, "@")
	if location = firstWord(strings.TrimSpace(location)); location != "" && !strings.ContainsAny(project, `/\:<=>!~;`) {
		return r.location(location)
	}
	archive := slices.ContainsFunc(archives, func(extension string) bool { return strings.HasSuffix(word, extension) })
	if archive || strings.ContainsAny(word, `/\`) || strings.HasPrefix(word, ".") {
		return r.location(word)
	}
	name := Normalized(projectName(line))
	if name == "" {
		return fmt.Errorf("%.80q is not a requirement: write, for example, jmespath==1.1.0", line)
	}
	if slices.Contains(provided, name) && !r.constraints {
		r.provided = append(r.provided, name)
	}
	return nil
}

// archives are the file extensions of packages. Only wheels (.whl) are already compiled for a system.
var archives = []string{".whl", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".zip"}

// location returns an error if there is no wheel at the path or URL. The content of local wheels counts.
func (r *reader) location(text string) error {
	if path, _, ok := strings.Cut(text, "["); ok && strings.HasSuffix(text, "]") { // extras
		text = path
	}
	for _, system := range []string{"git+", "hg+", "svn+", "bzr+"} {
		if strings.HasPrefix(text, system) {
			return errors.New("a repository has no wheel for Lambda: build a wheel of it, and name its file or URL " +
				"here")
		}
	}
	local := text
	if file, ok := strings.CutPrefix(text, "file:"); ok {
		local, _, _ = strings.Cut(strings.TrimPrefix(file, "//"), "#") // a fragment has a hash
	} else if strings.Contains(text, "://") {
		return onlyWheel(strings.FieldsFunc(text, func(r rune) bool { return r == '?' || r == '#' })[0])
	}
	local = files.Absolute(r.dir, local)
	switch info, err := os.Stat(local); {
	case err != nil:
		return fmt.Errorf("%w: correct the path, which is relative to the folder of the first requirements file", err)
	case info.IsDir():
		return fmt.Errorf("%s is a folder, whose changes nobody would notice: put Python code of your own into the "+
			"folder of SPARTA_PYTHON_DIR, or name a wheel of it (*.whl)", text)
	}
	if err := onlyWheel(local); err != nil {
		return err
	}
	content, err := os.ReadFile(local)
	if err != nil {
		return fmt.Errorf("%w: make the wheel readable", err)
	}
	sum := blake2b.Sum256(content)
	r.contents = append(r.contents, string(sum[:]))
	return nil
}

// onlyWheel returns an error for the path of anything else.
func onlyWheel(name string) error {
	if strings.HasSuffix(name, ".whl") {
		return nil
	}
	return fmt.Errorf("%s is not a wheel (*.whl), and pip would compile it for this machine and not for Lambda: build "+
		"a wheel of it, in a container of Lambda's system if it has C code, and name that", path.Base(name))
}

// firstWord returns the text up to the first space, or what is in the quotation marks that it begins with.
func firstWord(text string) string {
	for _, mark := range []string{`"`, "'"} {
		if quoted, ok := strings.CutPrefix(text, mark); ok {
			quoted, _, _ = strings.Cut(quoted, mark)
			return quoted
		}
	}
	if words := strings.Fields(text); len(words) > 0 {
		return words[0]
	}
	return ""
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

// Normalized returns a package's name as PEP 503 compares it.
func Normalized(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return r == '-' || r == '_' || r == '.'
	}), "-")
}

package watch

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// rule is one line of a .gitignore file.
type rule struct {
	folder   string   // of the file
	segments []string // of the pattern
	negated  bool
	folders  bool // whether it applies to folders only
}

// rules are those that apply in a folder. Of those that match, the last one counts.
type rules []rule

// above returns the rules of the folders above a folder, up to the root of its repository.
func above(folder string) rules {
	var chain []string
	for dir := folder; !files.Exists(filepath.Join(dir, ".git")); {
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil // it is in no repository
		}
		chain, dir = append(chain, parent), parent
	}
	var found rules
	for i := len(chain) - 1; i >= 0; i-- {
		found = found.in(chain[i])
	}
	return found
}

// in returns the rules with those of one more folder.
func (r rules) in(folder string) rules {
	content, err := os.ReadFile(filepath.Join(folder, ".gitignore"))
	if err != nil {
		return r
	}
	r = r[:len(r):len(r)]
	for line := range strings.Lines(string(files.Text(content))) {
		if one, ok := parseRule(folder, strings.TrimRight(line, "\r\n")); ok {
			r = append(r, one)
		}
	}
	return r
}

func parseRule(folder, line string) (rule, bool) {
	if !strings.HasSuffix(line, `\ `) {
		line = strings.TrimRight(line, " \t")
	}
	if line == "" || line[0] == '#' {
		return rule{}, false
	}
	found := rule{folder: folder}
	line, found.negated = strings.CutPrefix(line, "!")
	line, found.folders = strings.CutSuffix(line, "/")
	if line == "" {
		return rule{}, false
	}
	if !strings.Contains(line, "/") {
		line = "**/" + line
	}
	line = strings.ReplaceAll(strings.TrimPrefix(line, "/"), "[!", "[^")
	found.segments = strings.Split(line, "/")
	return found, true
}

// ignore reports whether a file or folder is ignored.
func (r rules) ignore(file string, isFolder bool) bool {
	for i := len(r) - 1; i >= 0; i-- {
		if r[i].folders && !isFolder {
			continue
		}
		relative, err := filepath.Rel(r[i].folder, file)
		if err == nil && matches(r[i].segments, strings.Split(filepath.ToSlash(relative), "/")) {
			return !r[i].negated
		}
	}
	return false
}

// matches reports whether a path matches a pattern, in which ** are any number of folders.
func matches(pattern, path []string) bool {
	for i, segment := range pattern {
		if segment == "**" {
			if i+1 == len(pattern) {
				return len(path) > 0
			}
			for skip := range path {
				if matches(pattern[i+1:], path[skip:]) {
					return true
				}
			}
			return false
		}
		if len(path) == 0 || !matchesSegment(segment, path[0]) {
			return false
		}
		path = path[1:]
	}
	return len(path) == 0
}

func matchesSegment(pattern, name string) bool {
	matched, err := path.Match(pattern, name)
	return err == nil && matched
}

package console

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Source is a file of the application.
type Source struct {
	Name    string // as people know it: relative to the application's folder
	Content []byte
}

// SourceRoot is a folder with sources. Stack traces name its files by their paths, or below a prefix, for example the
// module's path, which programs have that were built with -trimpath.
type SourceRoot struct {
	Dir    string
	Prefix string // may be empty
}

// sourceLimit is the size of the largest file that is shown.
const sourceLimit = 1 << 20

// FindSource returns the source of a file that a stack trace names, if it is in one of the folders. Only source files
// are returned, and none whose path has a part that begins with a dot.
func FindSource(roots []SourceRoot, file string) (Source, error) {
	for _, root := range roots {
		name, found := root.relative(file)
		if !found {
			continue
		}
		content, err := root.read(name)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return Source{}, fmt.Errorf("read %s: %w", name, err)
		}
		return Source{Name: name, Content: content}, nil
	}
	return Source{}, fmt.Errorf("%s is not a source file of the application", file)
}

// relative returns the name of a file relative to the root, with forward slashes.
func (r SourceRoot) relative(file string) (string, bool) {
	name := ""
	switch {
	case r.Prefix != "" && strings.HasPrefix(file, r.Prefix+"/"):
		name = strings.TrimPrefix(file, r.Prefix+"/")
	case filepath.IsAbs(file):
		inside, err := filepath.Rel(r.Dir, file)
		if err != nil {
			return "", false
		}
		name = filepath.ToSlash(inside)
	default:
		name = strings.TrimPrefix(filepath.ToSlash(file), "./")
	}
	hidden := slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool {
		return strings.HasPrefix(part, ".")
	})
	isSource := slices.Contains([]string{".go", ".py", ".c", ".h", ".cc", ".cpp", ".hpp"}, path.Ext(name))
	return name, filepath.IsLocal(filepath.FromSlash(name)) && !hidden && isSource
}

// read reads a file without following links out of the folder.
func (r SourceRoot) read(name string) ([]byte, error) {
	root, err := os.OpenRoot(r.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return readFile(root, filepath.FromSlash(name), sourceLimit)
}

// frame is a line of a stack trace.
type frame struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Label  string `json:"label"`
	Source string `json:"source,omitempty"` // the name of the file, if it is one of the application's
}

// pythonFrame matches a line of a stack trace of Python.
var pythonFrame = regexp.MustCompile(`^\s*File "([^"]+)", line (\d+), in (\S+)`)

// frames reads a stack trace, in the forms that Go and Python functions have.
func (c *Console) frames(trace []json.RawMessage) []frame {
	var frames []frame
	names := map[string]string{} // of files: a recursion has thousands of frames in the same one
	for _, raw := range trace {
		var f frame
		var line string
		var document struct {
			Path  string `json:"path"`
			Line  int    `json:"line"`
			Label string `json:"label"`
		}
		switch {
		case json.Unmarshal(raw, &line) == nil:
			f.Label = strings.TrimSpace(line)
			if match := pythonFrame.FindStringSubmatch(line); match != nil {
				f.File, f.Label = match[1], match[3]
				f.Line, _ = strconv.Atoi(match[2]) // digits
			}
		case json.Unmarshal(raw, &document) == nil:
			f.File, f.Line, f.Label = document.Path, document.Line, document.Label
		default:
			f.Label = string(raw)
		}
		name, known := names[f.File]
		if !known {
			name = c.sourceName(f.File)
			names[f.File] = name
		}
		f.Source = name
		frames = append(frames, f)
	}
	return frames
}

// sourceName returns the name of a file of the application, or "" if it is not one.
func (c *Console) sourceName(file string) string {
	if c.options.Source == nil || file == "" {
		return ""
	}
	source, err := c.options.Source(file)
	if err != nil {
		return ""
	}
	return source.Name
}

// source returns a file of the application.
func (c *Console) source(r *http.Request) (any, error) {
	file := r.URL.Query().Get("file")
	if c.options.Source == nil {
		return nil, &problem{http.StatusNotFound, "sources are not shown"}
	}
	source, err := c.options.Source(file)
	if err != nil {
		return nil, &problem{http.StatusNotFound, err.Error()}
	}
	return struct {
		Name string `json:"name"`
		Text string `json:"text"`
	}{source.Name, string(source.Content)}, nil
}

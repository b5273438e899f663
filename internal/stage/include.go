package stage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// include is one entry of Options.Include, with the paths that it matches on this machine.
type include struct {
	sources []string // paths of files and folders
	place   string   // their place in the package, with slashes; empty means their relative paths
	globbed bool     // whether place is a folder
}

func parseInclude(root, text string) (include, error) {
	// A path may have "=" in its name.
	if sources, globbed, err := findSources(root, text); err != nil || len(sources) > 0 {
		return include{sources: sources, globbed: globbed}, err
	}
	cut := strings.LastIndexByte(text, '=')
	if cut < 0 {
		return include{}, fmt.Errorf("no such file or folder in %s", root)
	}
	source, place := text[:cut], filepath.ToSlash(text[cut+1:])
	if source == "" || place == "" {
		return include{}, errors.New("write path=place, for example conf/prod.json=conf.json")
	}
	if !filepath.IsLocal(filepath.FromSlash(place)) {
		const next = "use a path relative to the package's root"
		return include{}, fmt.Errorf("the place %s is outside the package: %s", place, next)
	}
	sources, globbed, err := findSources(root, source)
	if err != nil {
		return include{}, err
	}
	if len(sources) == 0 {
		return include{}, fmt.Errorf("no file or folder %s in %s", source, root)
	}
	return include{sources: sources, place: place, globbed: globbed}, nil
}

// target returns the place of one of the sources in the package.
func (i include) target(root, source string) (string, error) {
	switch {
	case i.place == "":
		relative, err := filepath.Rel(root, source)
		if err != nil || !filepath.IsLocal(relative) {
			return "", fmt.Errorf("%s is outside %s: give its place in the package with path=place", source, root)
		}
		return filepath.ToSlash(relative), nil
	case i.globbed, strings.HasSuffix(i.place, "/"), path.Clean(i.place) == "." && !isFolder(source):
		return path.Join(i.place, filepath.Base(source)), nil
	}
	return path.Clean(i.place), nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// findSources returns text as a path if it exists, or else the paths that match it as a glob.
func findSources(root, text string) (sources []string, globbed bool, err error) {
	if text == "" {
		return nil, false, errors.New("it is empty: name a file or folder")
	}
	literal := filepath.FromSlash(text)
	if !filepath.IsAbs(literal) {
		literal = filepath.Join(root, literal)
	}
	literal = filepath.Clean(literal)
	if _, err := os.Lstat(literal); err == nil {
		return []string{literal}, false, nil
	} else if os.IsPermission(err) {
		return nil, false, err
	}
	slashed := filepath.ToSlash(text)
	first := strings.IndexAny(slashed, `*?[\`)
	if first < 0 {
		return nil, false, nil
	}
	if strings.Contains(slashed, "**") {
		return nil, false, errors.New("** is not supported: name the folder to include everything in it")
	}
	// Only the part after the folder of the first wildcard is a pattern: names of folders before it may look
	// like patterns.
	cut := strings.LastIndexByte(slashed[:first], '/') + 1
	base := filepath.FromSlash(slashed[:cut])
	if !filepath.IsAbs(base) {
		base = filepath.Join(root, base)
	}
	matches, err := fs.Glob(os.DirFS(base), slashed[cut:])
	if err != nil {
		return nil, false, fmt.Errorf("read it as a glob: %w", err)
	}
	for _, match := range matches {
		sources = append(sources, filepath.Join(base, filepath.FromSlash(match)))
	}
	return sources, true, nil
}

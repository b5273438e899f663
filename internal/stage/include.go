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

// include is one wish for files in the package, with what it matches on this machine.
type include struct {
	sources []string // paths of files and folders
	place   string   // where they go, with slashes; empty: where they are
	globbed bool     // whether place is a folder for any number of them
}

func parseInclude(root, text string) (include, error) {
	// A path may have "=" in its name.
	if sources, globbed, err := findSources(root, text); err != nil || len(sources) > 0 {
		return include{sources: sources, globbed: globbed}, err
	}
	cut := strings.LastIndexByte(text, '=')
	if cut < 0 {
		return include{}, fmt.Errorf("there is nothing of this name in %s", root)
	}
	source, place := text[:cut], filepath.ToSlash(text[cut+1:])
	if source == "" || place == "" {
		return include{}, errors.New("want path=place, as in conf/prod.json=conf.json")
	}
	if !filepath.IsLocal(filepath.FromSlash(place)) {
		return include{}, fmt.Errorf("the place %s is not in the package: name it relative to the package's root", place)
	}
	sources, globbed, err := findSources(root, source)
	if err != nil {
		return include{}, err
	}
	if len(sources) == 0 {
		return include{}, fmt.Errorf("there is nothing named %s in %s", source, root)
	}
	return include{sources: sources, place: place, globbed: globbed}, nil
}

// target is where one of the sources goes.
func (i include) target(root, source string) (string, error) {
	switch {
	case i.place == "":
		relative, err := filepath.Rel(root, source)
		if err != nil || !filepath.IsLocal(relative) {
			return "", fmt.Errorf("%s is outside of %s: say where it goes in the package with path=place", source, root)
		}
		return filepath.ToSlash(relative), nil
	case i.globbed, strings.HasSuffix(i.place, "/"):
		return path.Join(i.place, filepath.Base(source)), nil
	}
	return path.Clean(i.place), nil
}

// findSources returns the path that text is, if there is one, else what it matches as a glob.
func findSources(root, text string) (sources []string, globbed bool, err error) {
	if text == "" {
		return nil, false, errors.New("want a path")
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
		return nil, false, errors.New("** is not known: name the folder, which takes all that is in it")
	}
	// Only what follows the first wildcard's folder is a pattern: the folders before it may have
	// names that would be patterns.
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

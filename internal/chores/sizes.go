package chores

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// SizeRule limits the lines of a package, not counting tests.
type SizeRule struct {
	Root   string   // where the packages are
	Limit  int      // in lines
	Except []string // folders, relative to Root, that may have more
	Shown  int      // how many of the largest are always listed
}

// packageSize is a folder with its number of lines of Go.
type packageSize struct {
	dir   string
	lines int
}

// Check writes the largest packages to out, and fails if one is too large, or if an exception is not needed.
func (r SizeRule) Check(out io.Writer) error {
	sizes, err := r.sizes()
	if err != nil {
		return err
	}
	var wrong []string
	large := map[string]bool{}
	for i, size := range sizes {
		large[size.dir] = size.lines > r.Limit
		excepted := slices.Contains(r.Except, size.dir)
		if large[size.dir] && !excepted {
			wrong = append(wrong, fmt.Sprintf("%s has %d lines", size.dir, size.lines))
		}
		if large[size.dir] || i < r.Shown {
			fmt.Fprintf(out, "%6d lines  %s\n", size.lines, size.dir)
		}
	}
	for _, dir := range r.Except {
		if !large[dir] {
			wrong = append(wrong, dir+" no longer needs an exception")
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("a package may have at most %d lines: %s: split it by purpose", r.Limit,
			strings.Join(wrong, ", "))
	}
	return nil
}

// sizes lists the packages, the largest first.
func (r SizeRule) sizes() ([]packageSize, error) {
	files, err := Find(r.Root, "*.go")
	if err != nil {
		return nil, err
	}
	lines := map[string]int{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		content, err := os.ReadFile(filepath.Join(r.Root, filepath.FromSlash(file)))
		if err != nil {
			return nil, err
		}
		lines[path.Dir(file)] += bytes.Count(content, []byte("\n"))
	}
	var sizes []packageSize
	for dir, count := range lines {
		sizes = append(sizes, packageSize{dir, count})
	}
	slices.SortFunc(sizes, func(a, b packageSize) int {
		return cmp.Or(cmp.Compare(b.lines, a.lines), strings.Compare(a.dir, b.dir))
	})
	return sizes, nil
}

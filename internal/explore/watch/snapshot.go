package watch

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/go-sparta/sparta/internal/files"
)

// snapshot is the state of the files that matter.
type snapshot struct {
	files   map[string]stamp
	folders map[string]bool // those that were read, in which the system has to report changes
}

// stamp identifies the content of a file.
type stamp struct {
	size     int64
	modified time.Time
	mode     fs.FileMode
	// sum is the content's hash if the file was changed so shortly before that a further change may leave the time as
	// it is, which file systems count in steps of some milliseconds. Otherwise it is nil.
	sum     []byte
	altered bool // whether the content is another one than in the state before, at the same time
}

// recent is how long the times of two changes may be equal. FAT counts in steps of two seconds.
const recent = 2 * time.Second

// take returns the state of the files that matter. It compares with the state before.
func (s Set) take(before snapshot, now time.Time) snapshot {
	scan := &scan{
		before: before,
		after:  snapshot{files: map[string]stamp{}, folders: map[string]bool{}},
		now:    now,
		roots:  s.Roots,
	}
	for _, root := range s.Roots {
		scan.module(root, above(root))
	}
	for _, folder := range s.Folders {
		scan.folder(folder, true, nil)
	}
	for _, folder := range s.Beside {
		scan.folder(folder, false, nil)
	}
	for _, file := range slices.Concat(s.Files, s.Made) {
		scan.after.folders[filepath.Dir(file)] = true
		scan.add(file)
	}
	return scan.after
}

type scan struct {
	before, after snapshot
	now           time.Time
	roots         []string
}

// module adds the sources in a folder of a module.
func (s *scan) module(folder string, ignored rules) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return // it may have been removed since it was found
	}
	s.after.folders[folder] = true
	ignored = ignored.in(folder)
	for _, entry := range entries {
		name := entry.Name()
		path := filepath.Join(folder, name)
		switch {
		case neverMatters(name):
		case entry.IsDir():
			if hasNoPackages(name) || ignored.ignore(path, true) || slices.Contains(s.roots, path) ||
				files.IsFile(filepath.Join(path, "go.mod")) { // it is another module
				continue
			}
			s.module(path, ignored)
		case isSource(name) && !ignored.ignore(path, false):
			s.add(path)
		}
	}
}

// folder adds all files in a folder. Within are the folders that contain it.
func (s *scan) folder(folder string, deep bool, within []string) {
	actual, err := filepath.EvalSymlinks(folder)
	if err != nil || slices.Contains(within, actual) { // a link to a folder that contains it
		return
	}
	within = append(within[:len(within):len(within)], actual)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	s.after.folders[folder] = true
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if neverMatters(entry.Name()) {
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
		case !info.IsDir():
			s.add(path)
		case deep:
			s.folder(path, true, within)
		}
	}
}

func (s *scan) add(path string) {
	if _, known := s.after.files[path]; known {
		return
	}
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	found := stamp{size: info.Size(), modified: info.ModTime(), mode: info.Mode()}
	if s.now.Sub(found.modified) < recent {
		found.sum = sum(path)
	}
	if last := s.before.files[path]; last.sum != nil && last.sameTime(found) {
		found.altered = !bytes.Equal(last.sum, sum(path))
	}
	s.after.files[path] = found
}

// sum returns the hash of a file's content, or nil if it cannot be read.
func sum(path string) []byte {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	hash := sha256.Sum256(content)
	return hash[:]
}

func (s stamp) sameTime(other stamp) bool {
	return s.size == other.size && s.mode == other.mode && s.modified.Equal(other.modified)
}

// changed lists the files that have been created, changed or removed, sorted.
func changed(before, after snapshot) []string {
	var paths []string
	for path, is := range after.files {
		was, existed := before.files[path]
		if !existed || !was.sameTime(is) || is.altered {
			paths = append(paths, path)
		}
	}
	for path := range before.files {
		if _, exists := after.files[path]; !exists {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

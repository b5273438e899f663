package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/go-sparta/sparta/internal/files"
)

// OriginalFolder is the name of the folder in the workspace for what applications of the original Sparta write.
const OriginalFolder = "original"

// scratch is Sparta's own folder in that of the application. It is also the workspace if the package is there.
const scratch = ".sparta"

// OriginalRun is a run of the program of an application of the original Sparta, which writes to the application's
// folder. Its record is in a file until the run has ended, so that what a killed run has written can be removed.
type OriginalRun struct {
	Dir    string            // the application's folder
	Made   bool              // whether the run creates the scratch folder
	Before map[string]string // the state of the files that Sparta may write, by path

	record string
}

// BeginOriginal records that a run begins. The folder is that of the workspace.
func BeginOriginal(folder, dir string) (*OriginalRun, error) {
	_, err := os.Lstat(filepath.Join(dir, scratch))
	run := &OriginalRun{
		Dir: dir, Made: errors.Is(err, os.ErrNotExist), Before: originalFiles(dir),
		record: filepath.Join(folder, "running.json"),
	}
	content, err := json.Marshal(run)
	if err != nil {
		return nil, err
	}
	return run, files.WritePrivate(run.record, content)
}

// Written returns the paths of the files that Sparta has written since the run began.
func (r *OriginalRun) Written() (paths []string) {
	after := originalFiles(r.Dir)
	for _, path := range slices.Sorted(maps.Keys(after)) {
		if r.Before[path] != after[path] {
			paths = append(paths, path)
		}
	}
	return paths
}

// End records that the run has ended.
func (r *OriginalRun) End() error {
	if r.Made {
		_ = os.Remove(filepath.Join(r.Dir, scratch)) // unless a hook has written something there
	}
	return os.Remove(r.record)
}

// SweepOriginal removes what a killed run in dir, or in a folder below it, has left. No run may be going on. The folder
// is that of the workspace.
func SweepOriginal(folder, dir string) error {
	run := &OriginalRun{record: filepath.Join(folder, "running.json")}
	content, err := os.ReadFile(run.record)
	if err != nil {
		return nil // the last run has ended
	}
	if json.Unmarshal(content, run) != nil || !contains(dir, run.Dir) {
		return os.Remove(run.record) // BeginOriginal has not written it
	}
	for _, path := range run.Written() {
		if isUsers(path) {
			continue
		}
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("remove what a killed run has left: %w", err)
		}
	}
	return run.End()
}

// contains reports whether a folder is another one or contains it.
func contains(dir, other string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	if resolved, err := filepath.EvalSymlinks(dir); err == nil {
		dir = resolved
	}
	if resolved, err := filepath.EvalSymlinks(other); err == nil {
		other = resolved
	}
	relative, err := filepath.Rel(dir, other)
	return err == nil && filepath.IsLocal(relative)
}

// isUsers reports whether the user has built a program since: a run leaves an empty file.
func isUsers(path string) bool {
	info, err := os.Lstat(path)
	return IsOriginalProgram(path) && err == nil && info.Size() > 0
}

// IsOriginalProgram reports whether a file has a name of Sparta's for the program of functions.
func IsOriginalProgram(path string) bool {
	matches, err := filepath.Match("*.lambda.amd64", filepath.Base(path))
	return err == nil && matches
}

// originalFiles returns the files that Sparta may write: the paths, with the times and sizes.
func originalFiles(dir string) map[string]string {
	found := map[string]string{}
	note := func(folder string, patterns ...string) {
		entries, _ := os.ReadDir(folder) // which need not exist
		for _, entry := range entries {
			for _, pattern := range patterns {
				if matches, _ := filepath.Match(pattern, entry.Name()); !matches {
					continue
				}
				if info, err := entry.Info(); err == nil {
					found[filepath.Join(folder, entry.Name())] = fmt.Sprint(info.ModTime().UnixNano(), info.Size())
				}
			}
		}
	}
	note(dir, "*.lambda.amd64")
	note(filepath.Join(dir, scratch), "*-cftemplate.json", "*-code.zip", "*-S3Site.zip")
	return found
}

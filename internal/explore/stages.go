package explore

import (
	"slices"

	"github.com/go-sparta/sparta/internal/workspace"
)

// stage is what is kept of a build while its environments run: its folder, which later builds find again, and then, if
// Archive hooks add files, the folder that also has those. Functions run in the last one.
type stage struct {
	paths    []string
	releases []func()
}

func (s stage) release() {
	for _, release := range s.releases {
		release()
	}
}

// current returns the folder in use. The caller has locked the engine.
func (e *engine) current() string {
	if n := len(e.stages); n > 0 {
		paths := e.stages[n-1].paths
		return paths[len(paths)-1]
	}
	return ""
}

// keep keeps the folders of a build from being removed, and removes those that no environment uses any more. The caller
// has locked the engine.
func (e *engine) keep(paths ...string) error {
	if n := len(e.stages); n > 0 && slices.Equal(e.stages[n-1].paths, paths) {
		return nil
	}
	if !e.hasOldEnvironments() {
		e.removeStages(paths)
	}
	used := stage{paths: paths}
	for _, path := range paths {
		release, err := workspace.UseStage(path)
		if err != nil {
			used.release()
			return err
		}
		used.releases = append(used.releases, release)
	}
	e.stages = append(e.stages, used)
	return nil
}

// hasOldEnvironments reports whether an environment of an earlier build is running.
func (e *engine) hasOldEnvironments() bool {
	if slices.ContainsFunc(e.retired, func(one *function) bool { return one.State().Running > 0 }) {
		return true
	}
	for _, one := range e.functions {
		if one.State().Old > 0 {
			return true
		}
	}
	return false
}

// removeStages removes all stages but the last one, which is in use until its environments are replaced, and the
// folders of the one that follows it.
func (e *engine) removeStages(next []string) {
	n := len(e.stages)
	if n < 2 {
		return
	}
	last := e.stages[n-1]
	for _, old := range e.stages[:n-1] {
		old.release()
		for _, path := range old.paths {
			if !slices.Contains(last.paths, path) && !slices.Contains(next, path) {
				workspace.RemoveStage(path)
			}
		}
	}
	e.stages = e.stages[n-1:]
}

package explore

import (
	"slices"

	"github.com/go-sparta/sparta/internal/workspace"
)

// stage is the folder of a build that is kept while its environments run.
type stage struct {
	path    string
	release func()
}

// current returns the stage in use. The caller has locked the engine.
func (e *engine) current() string {
	if n := len(e.stages); n > 0 {
		return e.stages[n-1].path
	}
	return ""
}

// keep keeps a stage from being removed, and removes those that no environment uses any more. The caller has locked
// the engine.
func (e *engine) keep(path string) error {
	if n := len(e.stages); n > 0 && e.stages[n-1].path == path {
		return nil
	}
	if !e.hasOldEnvironments() {
		e.removeStages(path)
	}
	release, err := workspace.UseStage(path)
	if err != nil {
		return err
	}
	e.stages = append(e.stages, stage{path, release})
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

// removeStages removes all stages but the last one, which is in use until its environments are replaced, and one other.
func (e *engine) removeStages(except string) {
	n := len(e.stages)
	if n < 2 {
		return
	}
	for _, old := range e.stages[:n-1] {
		old.release()
		if old.path != except {
			workspace.RemoveStage(old.path)
		}
	}
	e.stages = e.stages[n-1:]
}

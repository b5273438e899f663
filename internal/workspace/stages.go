package workspace

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/files"
)

const (
	stageLock = ".lock" // the end of the name of a stage's lock file

	// keptAtLeast is how long an unused stage is kept: on systems without locks, only this protects a local run.
	keptAtLeast = time.Hour
)

// UseStage keeps a stage from being swept until it is released.
func UseStage(stage string) (release func(), err error) {
	lock, err := os.OpenFile(stage+stageLock, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock the package's files: %w", err)
	}
	release = func() { _ = lock.Close() }
	err = shareFile(lock)
	if err == nil {
		// A sweep may have removed it between the build and this lock.
		_, err = os.Stat(stage)
	}
	if err != nil {
		release()
		return nil, fmt.Errorf("lock the package's files: %w", err)
	}
	now := time.Now()
	_ = os.Chtimes(stage, now, now) // only delays the next sweep
	return release, nil
}

// SweepStages removes the stages that are not in keep, are not in use and have not been for a while. What cannot be
// removed now is left to the next sweep. The caller has locked the workspace.
func (w Dir) SweepStages(keep map[string]bool) {
	sweepStages(w.Stages(), func(stage string) bool { return !keep[stage] })
}

// SweepCopies is SweepStages for the copies of a stage, whose names begin with its name: builds that change nothing do
// not sweep. Whoever uses a copy again has touched it, so the workspace need not be locked.
func SweepCopies(stage string) {
	sweepStages(filepath.Dir(stage), func(other string) bool { return strings.HasPrefix(other, stage+"-") })
}

func sweepStages(dir string, ends func(stage string) bool) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	_ = files.SweepScratchFolder(dir)
	for _, entry := range entries {
		stage := filepath.Join(dir, entry.Name())
		info, err := entry.Info()
		if err != nil || !entry.IsDir() || !ends(stage) || strings.HasPrefix(entry.Name(), ".") ||
			time.Since(info.ModTime()) < keptAtLeast {
			continue
		}
		removeUnused(stage)
	}
}

func removeUnused(stage string) {
	lock, err := os.OpenFile(stage+stageLock, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return
	}
	defer lock.Close()
	if !tryLockFile(lock) {
		return
	}
	if os.RemoveAll(stage) == nil {
		_ = os.Remove(lock.Name())
	}
}

// RemoveStage removes a stage that is not in use.
func RemoveStage(stage string) { removeUnused(stage) }

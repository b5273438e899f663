// Package rebuild builds an application for this machine again whenever its files change.
package rebuild

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/explore/watch"
	"github.com/go-sparta/sparta/internal/process"
	"github.com/go-sparta/sparta/spartamage"
)

// Options say what to build, and who is interested in it. The functions are called one after the other.
type Options struct {
	Build spartamage.BuildOptions
	Debug bool           // build for a debugger
	Files []string       // paths of further files whose changes lead to a build
	Log   *logrus.Logger // for the steps of the first build, and for warnings
	Quiet *logrus.Logger // for the steps of the others
	Watch watch.Options

	// Reload returns other settings if a file has changed that has them, or nil. It is called before a build. A nil
	// Reload means that settings do not change.
	Reload   func(ctx context.Context, changed []string) *spartamage.BuildOptions
	Started  func(changed []string) // a build begins; the paths of the files that have changed, or none for the first
	Finished func(Result)           // a build has ended that no newer change makes pointless
}

// Result is the end of a build.
type Result struct {
	Build    spartamage.LocalBuild // without a stage if there is an error
	Changed  []string              // paths of the files that have changed since the last result
	Err      error
	Problems []Problem // what Err consists of
	Took     time.Duration
}

// Run builds the application, and again after each change, until ctx ends. If the first build cannot begin, for example
// because of an invalid setting, it returns the error.
func Run(ctx context.Context, options Options) error {
	bench, err := spartamage.NewWorkbench(ctx, spartamage.WorkbenchOptions{Build: options.Build, Debug: options.Debug})
	if err != nil {
		return err
	}
	l := &loop{options: options}
	l.build = func(ctx context.Context, changed []string, log *logrus.Logger) (spartamage.LocalBuild, error) {
		if err := l.reload(ctx, changed, &bench); err != nil {
			return spartamage.LocalBuild{}, err
		}
		return bench.Build(ctx, log)
	}
	dir, err := filepath.Abs(options.Build.Dir)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir) // as builds do
	}
	if err != nil {
		return fmt.Errorf("find the application's folder: %w", err)
	}
	return l.run(ctx, moduleRoot(dir))
}

// loop builds after changes.
type loop struct {
	options Options
	invalid *spartamage.BuildOptions // settings that could not be used so far; nil means none
	build   func(ctx context.Context, changed []string, log *logrus.Logger) (spartamage.LocalBuild, error)
}

// reload replaces the workbench if the settings have changed.
func (l *loop) reload(ctx context.Context, changed []string, bench **spartamage.Workbench) error {
	if l.options.Reload == nil || len(changed) == 0 {
		return nil
	}
	settings := cmp.Or(l.options.Reload(ctx, changed), l.invalid)
	if settings == nil {
		return nil
	}
	fresh, err := spartamage.NewWorkbench(ctx, spartamage.WorkbenchOptions{Build: *settings, Debug: l.options.Debug})
	if err != nil {
		l.invalid = settings // a change of another file must not build with the settings before
		return err
	}
	*bench, l.invalid = fresh, nil
	return nil
}

// running is a build that has begun.
type running struct {
	began  time.Time
	cancel context.CancelFunc
	done   chan Result
}

func (l *loop) run(ctx context.Context, root string) error {
	watcher := watch.New(watch.Set{Roots: []string{root}, Files: l.options.Files}, time.Now(), l.options.Watch)
	defer watcher.Close()
	changes := make(chan []string)
	go func() {
		for {
			paths, err := watcher.Next(ctx)
			if err != nil {
				return
			}
			select {
			case changes <- paths:
			case <-ctx.Done():
				return
			}
		}
	}()
	var changed []string
	log := l.options.Log
	for {
		current := l.start(ctx, changed, log)
		var newer []string
		select {
		case newer = <-changes:
			current.cancel() // its result would be of the past
			<-current.done
		case result := <-current.done:
			current.cancel()
			if ctx.Err() != nil {
				return nil
			}
			if result.Err == nil || len(result.Build.Inputs) > 0 { // otherwise nobody knows what it needs
				set := setOf(result.Build)
				set.Roots = withRoot(set.Roots, root)
				set.Files = append(set.Files, l.options.Files...)
				if stage := result.Build.Artifact.Stage; stage != "" { // git clean, for example, may remove it
					set.Made = append(set.Made, filepath.Join(stage, "index.py"))
				}
				watcher.Watch(set, current.began)
			}
			result.Changed = changed
			l.options.Finished(result)
			changed, log = nil, l.options.Quiet
			select {
			case newer = <-changes:
			case <-ctx.Done():
				return nil
			}
		}
		changed = append(changed, newer...)
		slices.Sort(changed)
		changed = slices.Compact(changed)
	}
}

// withRoot adds the folder of the application's module, where another main package may be created.
func withRoot(roots []string, root string) []string {
	if slices.Contains(roots, root) {
		return roots
	}
	return append(roots, root)
}

// start begins a build.
func (l *loop) start(ctx context.Context, changed []string, log *logrus.Logger) running {
	l.options.Started(changed)
	ctx, cancel := context.WithCancel(ctx)
	current := running{began: time.Now(), cancel: cancel, done: make(chan Result, 1)}
	go func() {
		built, err := l.build(ctx, changed, log)
		if process.IsInterrupted(err) {
			<-ctx.Done() // Ctrl-C reaches a program that the build has started at the same time
		}
		result := Result{Build: built, Err: err, Took: time.Since(current.began)}
		if err != nil {
			result.Problems = ProblemsOf(err, built.Options.Dir)
		}
		current.done <- result
	}()
	return current
}

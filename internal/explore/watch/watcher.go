// Package watch waits for changes of an application's files.
//
// A change is a difference between two states of the files, which are read again when the system reports something in
// their folders, and from time to time: what a system does not report, for example on network file systems, while it
// sleeps or because its limits are reached, is noticed a little later.
package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/files"
)

// Options of a watcher. The zero value has the defaults.
type Options struct {
	Poll  time.Duration // how often to look where the system reports no changes; 0 means 200 ms
	Check time.Duration // how often to look where it does; 0 means 2 s
	Quiet time.Duration // how long nothing may change before a change counts as complete; 0 means 15 ms
	// Warn is called once if the system cannot report changes because of a limit.
	Warn func(error)

	poll bool // for tests: do not let the system report changes
}

// Watcher waits for changes of the files of a set.
type Watcher struct {
	options  Options
	notifier *notifier // nil means that the system reports nothing

	mu    sync.Mutex // guards what follows
	set   Set
	state snapshot
}

// New returns a watcher of a set. What has changed since a time counts as a change.
func New(set Set, since time.Time, options Options) *Watcher {
	w := &Watcher{options: options.withDefaults()}
	if !options.poll {
		var err error
		if w.notifier, err = newNotifier(); err != nil {
			w.giveUp(err)
		}
	}
	w.Watch(set, since)
	return w
}

func (o Options) withDefaults() Options {
	for _, setting := range []struct {
		value    *time.Duration
		fallback time.Duration
	}{{&o.Poll, 200 * time.Millisecond}, {&o.Check, 2 * time.Second}, {&o.Quiet, 15 * time.Millisecond}} {
		if *setting.value == 0 {
			*setting.value = setting.fallback
		}
	}
	return o
}

// Close releases the system's watches.
func (w *Watcher) Close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.notifier != nil {
		w.notifier.close()
		w.notifier = nil
	}
}

// clockTick is how far the times of files can be behind time.Now: Linux gives a file the time of the last clock tick,
// which was at most 10 ms ago.
const clockTick = 10 * time.Millisecond

// Watch replaces the set. Files that were in the old one have not changed unless Next has reported it. Other files have
// changed if that was after since, when the build that has read them began.
func (w *Watcher) Watch(set Set, since time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	fresh := set.take(w.state, time.Now())
	for path, is := range fresh.files {
		was, known := w.state.files[path]
		switch {
		case known:
			fresh.files[path] = was
		case slices.Contains(set.Made, path):
		case !is.modified.Before(since.Add(-clockTick)):
			fresh.files[path] = stamp{size: -1}
		}
	}
	for path, was := range w.state.files {
		if _, present := fresh.files[path]; !present && !files.Exists(path) {
			fresh.files[path] = was // otherwise its removal would never be reported
		}
	}
	w.set, w.state = set, fresh
	w.notify(fresh.folders)
}

// notify lets the system report changes in folders. If it cannot, the watcher looks for changes itself.
func (w *Watcher) notify(folders map[string]bool) {
	if w.notifier == nil {
		return
	}
	if err := w.notifier.watch(folders); err != nil {
		w.notifier.close()
		w.notifier = nil
		w.giveUp(err)
	}
}

func (w *Watcher) giveUp(err error) {
	if w.options.Warn != nil && !errors.Is(err, errors.ErrUnsupported) {
		w.options.Warn(err)
		w.options.Warn = nil
	}
}

// Next waits until files have changed and nothing changes any more, and returns their paths, sorted.
func (w *Watcher) Next(ctx context.Context) ([]string, error) {
	for {
		if err := w.wait(ctx); err != nil {
			return nil, err
		}
		if found := w.look(); len(found) > 0 {
			return w.settle(ctx, found)
		}
	}
}

// wait waits until it is time to look for changes.
func (w *Watcher) wait(ctx context.Context) error {
	w.mu.Lock()
	var changes chan struct{}
	pause := w.options.Poll
	if w.notifier != nil {
		changes, pause = w.notifier.changes, w.options.Check
	}
	w.mu.Unlock()
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-changes:
	case <-timer.C:
	}
	return nil
}

// look returns what has changed since the last look.
func (w *Watcher) look() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	fresh := w.set.take(w.state, time.Now())
	found := slices.DeleteFunc(changed(w.state, fresh), func(path string) bool {
		_, present := fresh.files[path]
		return present && slices.Contains(w.set.Made, path)
	})
	w.state = fresh
	w.notify(fresh.folders)
	return found
}

// settle waits until nothing changes, and returns all that has changed.
func (w *Watcher) settle(ctx context.Context, found []string) ([]string, error) {
	for start := time.Now(); ; {
		timer := time.NewTimer(w.options.Quiet)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil, context.Cause(ctx)
		case <-timer.C:
		}
		more := w.look()
		found = append(found, more...)
		if len(more) == 0 && (!w.gitWrites() || time.Since(start) > longestCheckout) {
			slices.Sort(found)
			return slices.Compact(found), nil
		}
	}
}

// longestCheckout is how long git may hold its lock before the lock counts as one that it has left behind.
const longestCheckout = 5 * time.Second

// gitWrites reports whether git is changing the working tree of one of the roots, for example to another branch.
func (w *Watcher) gitWrites() bool {
	w.mu.Lock()
	roots := w.set.Roots
	w.mu.Unlock()
	return slices.ContainsFunc(roots, func(root string) bool {
		folder := gitFolder(root)
		return folder != "" && files.Exists(filepath.Join(folder, "index.lock"))
	})
}

// gitFolder returns the folder of git's data for a working tree that contains a folder, or "" if there is none.
func gitFolder(dir string) string {
	for {
		path := filepath.Join(dir, ".git")
		if info, err := os.Stat(path); err == nil {
			if info.IsDir() {
				return path
			}
			content, err := os.ReadFile(path) // of an additional working tree or a submodule
			if named, ok := strings.CutPrefix(strings.TrimSpace(string(content)), "gitdir: "); err == nil && ok {
				return files.Absolute(dir, named)
			}
			return ""
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

package watch

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// tree writes files below a folder, by their slashed paths. A path with a slash at its end is a folder.
func tree(t *testing.T, dir string, contents map[string]string) {
	t.Helper()
	for name, content := range contents {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			continue
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// each runs a test with the system's notifications and without.
func each(t *testing.T, run func(t *testing.T, options Options)) {
	t.Run("the system notifies", func(t *testing.T) { run(t, Options{Check: time.Hour}) })
	t.Run("by polling", func(t *testing.T) { run(t, Options{poll: true, Poll: 10 * time.Millisecond}) })
}

// next returns what a watcher reports next, relative to a folder.
func next(t *testing.T, w *Watcher, dir string) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	paths, err := w.Next(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for i, path := range paths {
		relative, err := filepath.Rel(dir, path)
		must(t, err)
		paths[i] = filepath.ToSlash(relative)
	}
	return paths
}

// old lets all files below a folder look as if they had been written long ago.
func old(t *testing.T, dir string) {
	t.Helper()
	before := time.Now().Add(-time.Hour)
	must(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(path, before, before)
	}))
}

func TestChanges(t *testing.T) {
	start := map[string]string{
		"app/go.mod": "module x", "app/main.go": "1", "app/inner/inner.go": "1", "app/.gitignore": "*.gen.go\n/out/\n",
		"app/wanted.gen.go": "1", "app/out/x.go": "1", "app/python/lib/app.py": "1", "app/data/prices.json": "{}",
		"app/node_modules/n.go": "1", "app/.sparta/src/main.go": "1", "app/.git/HEAD": "1", "app/notes.txt": "1",
		"app/page.tmpl": "1", "other/other.go": "1", "app/nested/go.mod": "module y", "app/nested/y.go": "1",
		"included/a.txt": "1",
	}
	const sentinel = "app/main.go" // is changed after what must not be reported
	for name, test := range map[string]struct {
		change func(t *testing.T, dir string)
		want   []string // empty means nothing
	}{
		"a file is written": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/inner/inner.go": "22"}) },
			[]string{"app/inner/inner.go"},
		},
		"a file is written with as many bytes": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/inner/inner.go": "2"}) },
			[]string{"app/inner/inner.go"},
		},
		"a file is created": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/inner/new.go": "1"}) },
			[]string{"app/inner/new.go"},
		},
		"a folder is created with a file": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/a/b/c/new.go": "1"}) },
			[]string{"app/a/b/c/new.go"},
		},
		"a file is deleted": {
			func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "app/inner/inner.go"))) },
			[]string{"app/inner/inner.go"},
		},
		"a folder is deleted": {
			func(t *testing.T, dir string) { must(t, os.RemoveAll(filepath.Join(dir, "app/inner"))) },
			[]string{"app/inner/inner.go"},
		},
		"a folder is renamed": {
			func(t *testing.T, dir string) {
				must(t, os.Rename(filepath.Join(dir, "app/inner"), filepath.Join(dir, "app/renamed")))
			},
			[]string{"app/inner/inner.go", "app/renamed/inner.go"},
		},
		"another file is renamed over one, which is how editors save": {
			func(t *testing.T, dir string) {
				tree(t, dir, map[string]string{
					"app/inner/.inner.go.swp": "", "app/inner/4913": "", "app/inner/inner.go~": "2",
				})
				must(t, os.Remove(filepath.Join(dir, "app/inner/4913")))
				must(t, os.Rename(filepath.Join(dir, "app/inner/inner.go~"), filepath.Join(dir, "app/inner/inner.go")))
				must(t, os.Remove(filepath.Join(dir, "app/inner/.inner.go.swp")))
			},
			[]string{"app/inner/inner.go"},
		},
		"a file is moved away, and a new one takes its place": {
			func(t *testing.T, dir string) {
				must(t, os.Rename(filepath.Join(dir, "app/inner/inner.go"), filepath.Join(dir, "app/inner/inner.go~")))
				tree(t, dir, map[string]string{"app/inner/inner.go": "other"})
			},
			[]string{"app/inner/inner.go"},
		},
		"go.mod": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/go.mod": "module z"}) },
			[]string{"app/go.mod"},
		},
		"go.sum is created": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/go.sum": "1"}) },
			[]string{"app/go.sum"},
		},
		"a Python module in a folder of the folder": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/python/new/app.py": "1"}) },
			[]string{"app/python/new/app.py"},
		},
		"an included file, outside": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"included/a.txt": "22"}) },
			[]string{"included/a.txt"},
		},
		"a file that did not exist": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/requirements.txt": "1"}) },
			[]string{"app/requirements.txt"},
		},
		"a file beside an embedded one": {
			func(t *testing.T, dir string) {
				tree(t, dir, map[string]string{"app/data/new.json": "1", "app/data/x/y": ""})
			},
			[]string{"app/data/new.json"},
		},
		"an ignored file that the build has read": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/wanted.gen.go": "22"}) },
			[]string{"app/wanted.gen.go"},
		},
		"ignored files": {
			func(t *testing.T, dir string) {
				tree(t, dir, map[string]string{
					"app/inner/other.gen.go": "22", "app/out/x.go": "22", "app/out/new.go": "",
				})
			}, nil,
		},
		"a test": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/main_test.go": "1"}) }, nil,
		},
		"no source": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/notes.txt": "22"}) }, nil,
		},
		"another module": {
			func(t *testing.T, dir string) {
				tree(t, dir, map[string]string{"app/nested/y.go": "22", "other/other.go": "22"})
			}, nil,
		},
		"the workspace, git's data and packages of Node.js": {
			func(t *testing.T, dir string) {
				tree(t, dir, map[string]string{
					"app/.sparta/src/main.go": "22", "app/.git/HEAD": "22", "app/node_modules/n.go": "22",
					"app/python/__pycache__/app.pyc": "1",
				})
			}, nil,
		},
		"a rejected source": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/main.go.sparta-cgo": "1"}) }, nil,
		},
		"a file that mage writes while it compiles a magefile": {
			func(t *testing.T, dir string) { tree(t, dir, map[string]string{"app/mage_output_file.go": "1"}) }, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, options Options) {
				dir := t.TempDir()
				tree(t, dir, start)
				old(t, dir)
				w := New(Set{
					Roots: []string{filepath.Join(dir, "app")},
					Files: []string{
						filepath.Join(dir, "app/wanted.gen.go"), filepath.Join(dir, "included/a.txt"),
						filepath.Join(dir, "app/requirements.txt"),
					},
					Folders: []string{filepath.Join(dir, "app/python")},
					Beside:  []string{filepath.Join(dir, "app/data")},
				}, time.Now(), options)
				defer w.Close()
				test.change(t, dir)
				want := test.want
				if want == nil {
					tree(t, dir, map[string]string{sentinel: "changed"})
					want = []string{sentinel}
				}
				// With luck, a look comes between two changes.
				var got []string
				for len(got) < len(want) {
					got = append(got, next(t, w, dir)...)
				}
				slices.Sort(got)
				if got = slices.Compact(got); !slices.Equal(got, want) {
					t.Errorf("got %q, want %q", got, want)
				}
			})
		})
	}
}

// Two changes within the same tick of the file system's clock are two.
func TestAChangeAtTheSameTime(t *testing.T) {
	dir := t.TempDir()
	tree(t, dir, map[string]string{"go.mod": "", "main.go": "1"})
	path, at := filepath.Join(dir, "main.go"), time.Now()
	must(t, os.Chtimes(path, at, at))
	set := Set{Roots: []string{dir}}
	first := set.take(snapshot{}, at)
	tree(t, dir, map[string]string{"main.go": "2"})
	must(t, os.Chtimes(path, at, at))
	second := set.take(first, at)
	if got := changed(first, second); !slices.Equal(got, []string{path}) {
		t.Errorf("got %q", got)
	}
	third := set.take(second, at.Add(time.Minute))
	if got := changed(second, third); len(got) > 0 || third.files[path].sum != nil {
		t.Errorf("got %q, %+v", got, third.files[path])
	}
}

// What changes while a build reads the files is reported afterwards, also if the build has found new files.
func TestChangesDuringABuild(t *testing.T) {
	each(t, func(t *testing.T, options Options) {
		dir := t.TempDir()
		tree(t, dir, map[string]string{"app/go.mod": "", "app/main.go": "1", "data/a.json": "1", "data/b.json": "1"})
		old(t, dir)
		root := filepath.Join(dir, "app")
		w := New(Set{Roots: []string{root}}, time.Now(), options)
		defer w.Close()
		began := time.Now()
		tree(t, dir, map[string]string{"app/main.go": "2", "data/a.json": "2"})
		w.Watch(Set{
			Roots: []string{root},
			Files: []string{filepath.Join(dir, "data/a.json"), filepath.Join(dir, "data/b.json")},
		}, began)
		tree(t, dir, map[string]string{"app/new.go": ""}) // the system may have reported the others before
		if got := next(t, w, dir); !slices.Equal(got, []string{"app/main.go", "app/new.go", "data/a.json"}) {
			t.Errorf("got %q", got)
		}
	})
}

// The file system's clock can be a tick behind the time at which a build began.
func TestAChangeInTheTickInWhichABuildBegan(t *testing.T) {
	dir := t.TempDir()
	tree(t, dir, map[string]string{"app/go.mod": "", "data/a.json": "1"})
	old(t, dir)
	set := Set{Roots: []string{filepath.Join(dir, "app")}}
	w := New(set, time.Now(), Options{poll: true, Poll: 10 * time.Millisecond})
	defer w.Close()
	began := time.Now()
	file := filepath.Join(dir, "data", "a.json")
	written := began.Add(-4 * time.Millisecond)
	must(t, os.Chtimes(file, written, written))
	set.Files = []string{file}
	w.Watch(set, began)
	if got := next(t, w, dir); !slices.Equal(got, []string{"data/a.json"}) {
		t.Errorf("got %q", got)
	}
}

func TestARemovalDuringABuild(t *testing.T) {
	dir := t.TempDir()
	tree(t, dir, map[string]string{"go.mod": "", "main.go": "", "data.json": ""})
	old(t, dir)
	set := Set{Roots: []string{dir}, Files: []string{filepath.Join(dir, "data.json")}}
	w := New(set, time.Now(), Options{poll: true, Poll: time.Millisecond})
	defer w.Close()
	must(t, os.Remove(filepath.Join(dir, "data.json")))
	w.Watch(set, time.Now())
	if got := next(t, w, dir); !slices.Equal(got, []string{"data.json"}) {
		t.Errorf("got %q", got)
	}
}

// A checkout of another branch is one change, and the watcher continues to see changes afterwards.
func TestCheckout(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	each(t, func(t *testing.T, options Options) {
		dir := t.TempDir()
		git := func(args ...string) {
			who := []string{"-c", "user.name=a", "-c", "user.email=a@b", "-C", dir}
			cmd := exec.Command("git", append(who, args...)...)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", cmd, err, out)
			}
		}
		tree(t, dir, map[string]string{"go.mod": "", "main.go": "1", "old/old.go": "1", "same.go": "1"})
		git("init", "-q", "-b", "main")
		git("add", ".")
		git("commit", "-qm", "1")
		git("checkout", "-qb", "other")
		git("rm", "-q", "old/old.go")
		tree(t, dir, map[string]string{"main.go": "2", "fresh/fresh.go": "1"})
		git("add", ".")
		git("commit", "-qm", "2")
		old(t, dir)
		w := New(Set{Roots: []string{dir}}, time.Now(), options)
		defer w.Close()
		git("checkout", "-q", "main")
		if got := next(t, w, dir); !slices.Equal(got, []string{"fresh/fresh.go", "main.go", "old/old.go"}) {
			t.Errorf("got %q", got)
		}
		tree(t, dir, map[string]string{"old/old.go": "changed"})
		if got := next(t, w, dir); !slices.Equal(got, []string{"old/old.go"}) {
			t.Errorf("after the checkout, got %q", got)
		}
	})
}

// While git holds its lock, changes are not complete.
func TestAChangeIsNotCompleteWhileGitWrites(t *testing.T) {
	dir := t.TempDir()
	tree(t, dir, map[string]string{"go.mod": "", "main.go": "1", ".git/HEAD": ""})
	old(t, dir)
	w := New(Set{Roots: []string{dir}}, time.Now(), Options{})
	defer w.Close()
	lock := filepath.Join(dir, ".git/index.lock")
	must(t, os.WriteFile(lock, nil, 0o644))
	tree(t, dir, map[string]string{"main.go": "2"})
	looks := make(chan struct{})
	go func() { // after the first change has been seen
		defer close(looks)
		for seen := false; !seen; time.Sleep(time.Millisecond) {
			w.mu.Lock()
			seen = !w.state.files[filepath.Join(dir, "main.go")].modified.Before(time.Now().Add(-time.Minute))
			w.mu.Unlock()
		}
		_ = os.WriteFile(filepath.Join(dir, "second.go"), nil, 0o644)
		_ = os.Remove(lock)
	}()
	got := next(t, w, dir)
	<-looks
	if !slices.Equal(got, []string{"main.go", "second.go"}) {
		t.Errorf("got %q", got)
	}
}

func TestAnAdditionalWorkingTreeHasItsOwnLock(t *testing.T) {
	dir := t.TempDir()
	tree(t, dir, map[string]string{
		"main/.git/worktrees/x/HEAD": "", "x/.git": "gitdir: ../main/.git/worktrees/x\n", "x/a/": "",
	})
	want := filepath.Join(dir, "main/.git/worktrees/x")
	if got := gitFolder(filepath.Join(dir, "x/a")); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A limit of the system is reported once, and changes are still found.
func TestTheSystemsLimit(t *testing.T) {
	dir := t.TempDir()
	tree(t, dir, map[string]string{"go.mod": "", "main.go": "1"})
	old(t, dir)
	var warnings []error
	w := New(Set{Roots: []string{dir}}, time.Now(), Options{
		poll: true, Poll: time.Millisecond, Warn: func(err error) { warnings = append(warnings, err) },
	})
	defer w.Close()
	for range 2 {
		w.giveUp(os.ErrPermission)
	}
	if len(warnings) != 1 {
		t.Errorf("warnings: %v", warnings)
	}
	tree(t, dir, map[string]string{"main.go": "2"})
	if got := next(t, w, dir); !slices.Equal(got, []string{"main.go"}) {
		t.Errorf("got %q", got)
	}
}

// What a build has written leads to another one only when it is removed.
func TestOnlyTheRemovalOfWhatABuildHasMadeMatters(t *testing.T) {
	each(t, func(t *testing.T, options Options) {
		dir := t.TempDir()
		const made = ".sparta/stage/index.py"
		tree(t, dir, map[string]string{"go.mod": "module m"})
		old(t, dir)
		began := time.Now().Add(-time.Minute)
		w := New(Set{Roots: []string{dir}}, began, options)
		defer w.Close()
		tree(t, dir, map[string]string{made: "1"})
		w.Watch(Set{Roots: []string{dir}, Made: []string{filepath.Join(dir, filepath.FromSlash(made))}}, began)
		tree(t, dir, map[string]string{made: "another", "a.go": "package m"})
		if got := next(t, w, dir); !slices.Equal(got, []string{"a.go"}) {
			t.Errorf("after a change of both, %q", got)
		}
		must(t, os.RemoveAll(filepath.Join(dir, ".sparta")))
		if got := next(t, w, dir); !slices.Equal(got, []string{made}) {
			t.Errorf("after the removal, %q", got)
		}
		tree(t, dir, map[string]string{made: "1", "b.go": "package m"})
		if got := next(t, w, dir); !slices.Equal(got, []string{"b.go"}) {
			t.Errorf("when it is made again, %q", got)
		}
	})
}

func TestNextEndsWithItsContext(t *testing.T) {
	w := New(Set{Roots: []string{t.TempDir()}}, time.Now(), Options{})
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Next(ctx); err == nil {
		t.Error("there was no error")
	}
}

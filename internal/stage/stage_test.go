package stage

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/archive"
)

func TestStage(t *testing.T) {
	own := map[string]string{
		"index.py": "index", "_sparta/__init__.py": "", "_sparta/bootstrap.py": "bootstrap",
		"_sparta/library": "bin/hello.so\n", "bin/hello.so": "library", "__pycache__/index.cpython-313.pyc": "bytecode",
	}
	cases := map[string]struct {
		include []string
		extras  map[string]string
	}{
		"Sparta's own files": {nil, nil},
		"a file":             {[]string{"conf/prod.json"}, map[string]string{"conf/prod.json": "prod"}},
		"a file by an uncleaned path": {
			[]string{"./conf/../conf/prod.json"},
			map[string]string{"conf/prod.json": "prod"},
		},
		"a file in another place": {
			[]string{"conf/prod.json=settings/app.json"},
			map[string]string{"settings/app.json": "prod"},
		},
		"a file into a folder": {
			[]string{"conf/prod.json=settings/"},
			map[string]string{"settings/prod.json": "prod"},
		},
		"a folder without files that are never packed": {
			[]string{"conf"},
			map[string]string{"conf/prod.json": "prod", "conf/dev.json": "dev", "conf/deep/x.txt": "x"},
		},
		"a folder's content in another place": {[]string{"conf/deep=here"}, map[string]string{"here/x.txt": "x"}},
		"a folder's content at the root": {
			[]string{"conf/deep=."},
			map[string]string{"x.txt": "x"},
		},
		"a folder beside Sparta's own": {[]string{"conf/deep=bin"}, map[string]string{"bin/x.txt": "x"}},
		"a glob": {
			[]string{"conf/*.json"},
			map[string]string{"conf/prod.json": "prod", "conf/dev.json": "dev"},
		},
		"a glob over folders": {
			[]string{"conf/d*"},
			map[string]string{"conf/dev.json": "dev", "conf/deep/x.txt": "x"},
		},
		"a glob into a folder": {
			[]string{"conf/*.json=settings"},
			map[string]string{"settings/prod.json": "prod", "settings/dev.json": "dev"},
		},
		"a name with an equals sign": {[]string{"a=b.txt"}, map[string]string{"a=b.txt": "equals"}},
		"a name with an equals sign in another place": {
			[]string{"a=b.txt=c.txt"},
			map[string]string{"c.txt": "equals"},
		},
		"a name that could be a glob": {[]string{"b*.txt"}, map[string]string{"b*.txt": "star"}},
		"files from outside the application, with their places": {
			[]string{"../shared/common.json=common.json", "../shared/p*=vendor"},
			map[string]string{"common.json": "common", "vendor/python/lib.py": "lib"},
		},
		"a file that is included twice": {
			[]string{"conf/deep", "conf/deep/x.txt", "conf/deep/*"},
			map[string]string{"conf/deep/x.txt": "x"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := newPackageFixture(t)
			f.opts.Include = c.include
			before := contentOf(t, filepath.Dir(f.root))
			noError(t, Write(t.Context(), f.opts))
			want := maps.Clone(own)
			maps.Copy(want, c.extras)
			if got := contentOf(t, f.opts.Dir); !maps.Equal(got, want) {
				t.Errorf("staged\n%q\nwant\n%q", got, want)
			}
			noError(t, os.RemoveAll(f.opts.Dir))
			if after := contentOf(t, filepath.Dir(f.root)); !maps.Equal(after, before) {
				t.Errorf("the user's files are\n%q\nwere\n%q", after, before)
			}
		})
	}
}

func TestPythonKnowsWhetherCredentialsAreNeeded(t *testing.T) {
	f := newPackageFixture(t)
	f.opts.Credentials = true
	noError(t, Write(t.Context(), f.opts))
	if got := contentOf(t, f.opts.Dir)["_sparta/library"]; got != "bin/hello.so\ncredentials\n" {
		t.Errorf("got %q", got)
	}
}

func TestStageFollowsLinks(t *testing.T) {
	f := newPackageFixture(t)
	linkTo(t, filepath.Join("..", "shared", "common.json"), filepath.Join(f.root, "link.json"))
	linkTo(t, filepath.Join("..", "shared", "python"), filepath.Join(f.root, "vendor"))
	// A relative link in a linked folder is relative to that folder.
	linkTo(t, filepath.Join("..", "common.json"), filepath.Join(f.root, "..", "shared", "python", "up.json"))
	f.opts.Include = []string{"link.json", "vendor"}
	noError(t, Write(t.Context(), f.opts))
	got := contentOf(t, f.opts.Dir)
	for name, want := range map[string]string{
		"link.json": "common", "vendor/lib.py": "lib", "vendor/up.json": "common",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
}

func TestStageReplacesThePreviousOne(t *testing.T) {
	f := newPackageFixture(t)
	f.opts.Include = []string{"baz.txt"}
	noError(t, Write(t.Context(), f.opts))
	f.opts.Include = []string{"conf/prod.json"}
	noError(t, Write(t.Context(), f.opts))
	got := contentOf(t, f.opts.Dir)
	if _, left := got["baz.txt"]; left || got["conf/prod.json"] != "prod" {
		t.Errorf("staged %q", got)
	}
	names := slices.Sorted(maps.Keys(contentOf(t, filepath.Dir(f.opts.Dir))))
	isTemporary := func(n string) bool { return strings.HasSuffix(n, ".tmp") || strings.Contains(n, ".tmp/") }
	if slices.ContainsFunc(names, isTemporary) {
		t.Errorf("left in the workspace: %q", names)
	}
}

// A build that was killed leaves an incomplete folder, which later builds do not use.
func TestStageRemovesTheFolderOfAKilledBuild(t *testing.T) {
	f := newPackageFixture(t)
	workspace := filepath.Dir(f.opts.Dir)
	half := filepath.Join(workspace, ".stage.1.KILLED.tmp")
	layOut(t, half, map[string]string{"index.py": "half"})
	long := time.Now().Add(-2 * time.Hour)
	noError(t, os.Chtimes(half, long, long))
	noError(t, Write(t.Context(), f.opts))
	if _, err := os.Lstat(half); err == nil {
		t.Errorf("%s still exists", half)
	}
}

func TestStageAcceptsSimilarNames(t *testing.T) {
	for _, place := range []string{
		"index.html", "index/data.json", "site/index.py", "_sparta.json", "bin/other.so", "indexes.so",
	} {
		f := newPackageFixture(t)
		f.opts.Include = []string{"baz.txt=" + place}
		noError(t, Write(t.Context(), f.opts))
		if got := contentOf(t, f.opts.Dir)[place]; got != "baz" {
			t.Errorf("%s is %q", place, got)
		}
	}
}

func TestStageCancelled(t *testing.T) {
	f := newPackageFixture(t)
	layOut(t, f.opts.Dir, map[string]string{"index.py": "old"})
	before := contentOf(t, f.root)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Write(ctx, f.opts); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want %v", err, context.Canceled)
	}
	if after := contentOf(t, f.root); !maps.Equal(after, before) {
		t.Errorf("a canceled build changed the folder to\n%q\nfrom\n%q", after, before)
	}
}

// Two checkouts of the same application, at different times and with different permissions, result in the same
// archive.
func TestStageAndArchiveAreReproducible(t *testing.T) {
	var hashes []string
	for _, mode := range []fs.FileMode{0o644, 0o600} {
		f := newPackageFixture(t)
		when := time.Unix(1_000_000_000+int64(mode), 0)
		noError(t, filepath.WalkDir(f.root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			return errors.Join(os.Chmod(path, mode), os.Chtimes(path, when, when))
		}))
		f.opts.Include = []string{"conf", "baz.txt"}
		noError(t, Write(t.Context(), f.opts))
		report, err := archive.Write(t.Context(), f.opts.Dir, filepath.Join(f.root, ".sparta", "hello.zip"))
		noError(t, err)
		hashes = append(hashes, report.Checksum)
	}
	if hashes[0] != hashes[1] {
		t.Errorf("hashes differ: %s", hashes)
	}
}

package spartamage

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-sparta/sparta/internal/archive"
)

// packageFixture is an application's folder with a compiled library.
type packageFixture struct {
	root string
	opts stageOptions
}

func newPackageFixture(t *testing.T) packageFixture {
	t.Helper()
	root := filepath.Join(t.TempDir(), "app [1]") // a folder's name may look like a glob
	layOut(t, root, map[string]string{
		"main.go":                 "package main\n",
		"conf/prod.json":          "prod",
		"conf/dev.json":           "dev",
		"conf/__pycache__/a.pyc":  "cache",
		"conf/deep/x.txt":         "x",
		"conf/deep/.git/HEAD":     "ref",
		"conf/main.go.sparta-cgo": "left behind",
		"a=b.txt":                 "equals",
		"b*.txt":                  "star",
		"baz.txt":                 "baz",
		"__pycache__/m.pyc":       "cache",
		".sparta/build/hello.so":  "library",
		"../shared/common.json":   "common",
		"../shared/python/lib.py": "lib",
	})
	return packageFixture{root: root, opts: stageOptions{
		Dir: filepath.Join(root, ".sparta", "stage"), Library: filepath.Join(root, ".sparta", "build", "hello.so"),
		Name: "hello", Root: root,
		Python: fstest.MapFS{
			"index.py":                {Data: []byte("index")},
			"_sparta/__init__.py":     {Data: []byte("")},
			"_sparta/bootstrap.py":    {Data: []byte("bootstrap")},
			"_sparta/__pycache__/x.p": {Data: []byte("cache")},
			"tests/test_index.py":     {Data: []byte("test")},
		},
	}}
}

func layOut(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		check(t, os.MkdirAll(filepath.Dir(path), 0o755))
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Skipf("this machine lacks such file names: %v", err)
		}
	}
}

// tree is what is in a folder: the content of every file, "/" for an empty folder, the target of
// a link.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	check(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		name = filepath.ToSlash(name)
		switch {
		case entry.Type()&fs.ModeSymlink != 0:
			files[name], err = os.Readlink(path)
		case entry.IsDir():
			if children, _ := os.ReadDir(path); len(children) == 0 {
				files[name] = "/"
			}
		default:
			var content []byte
			content, err = os.ReadFile(path)
			files[name] = string(content)
		}
		return err
	}))
	return files
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestStage(t *testing.T) {
	own := map[string]string{
		"index.py": "index", "_sparta/__init__.py": "", "_sparta/bootstrap.py": "bootstrap",
		"_sparta/library": "bin/hello.so\n", "bin/hello.so": "library",
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
		"a file elsewhere": {[]string{"conf/prod.json=settings/app.json"}, map[string]string{"settings/app.json": "prod"}},
		"a file into a folder": {
			[]string{"conf/prod.json=settings/"},
			map[string]string{"settings/prod.json": "prod"},
		},
		"a folder without what nobody wants": {
			[]string{"conf"},
			map[string]string{"conf/prod.json": "prod", "conf/dev.json": "dev", "conf/deep/x.txt": "x"},
		},
		"a folder's content elsewhere": {[]string{"conf/deep=here"}, map[string]string{"here/x.txt": "x"}},
		"a folder's content at the root": {
			[]string{"conf/deep=."},
			map[string]string{"x.txt": "x"},
		},
		"a folder beside Sparta's own": {[]string{"conf/deep=bin"}, map[string]string{"bin/x.txt": "x"}},
		"a glob":                       {[]string{"conf/*.json"}, map[string]string{"conf/prod.json": "prod", "conf/dev.json": "dev"}},
		"a glob over folders":          {[]string{"conf/d*"}, map[string]string{"conf/dev.json": "dev", "conf/deep/x.txt": "x"}},
		"a glob into a folder": {
			[]string{"conf/*.json=settings"},
			map[string]string{"settings/prod.json": "prod", "settings/dev.json": "dev"},
		},
		"a name with an equals sign":           {[]string{"a=b.txt"}, map[string]string{"a=b.txt": "equals"}},
		"a name with an equals sign elsewhere": {[]string{"a=b.txt=c.txt"}, map[string]string{"c.txt": "equals"}},
		"a name that could be a glob":          {[]string{"b*.txt"}, map[string]string{"b*.txt": "star"}},
		"files from outside the application, with their places": {
			[]string{"../shared/common.json=common.json", "../shared/p*=vendor"},
			map[string]string{"common.json": "common", "vendor/python/lib.py": "lib"},
		},
		"a file twice": {
			[]string{"conf/deep", "conf/deep/x.txt", "conf/deep/*"},
			map[string]string{"conf/deep/x.txt": "x"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := newPackageFixture(t)
			f.opts.Include = c.include
			before := tree(t, filepath.Dir(f.root))
			check(t, stage(t.Context(), f.opts))
			want := maps.Clone(own)
			maps.Copy(want, c.extras)
			if got := tree(t, f.opts.Dir); !maps.Equal(got, want) {
				t.Errorf("staged\n%q\nwant\n%q", got, want)
			}
			check(t, os.RemoveAll(f.opts.Dir))
			if after := tree(t, filepath.Dir(f.root)); !maps.Equal(after, before) {
				t.Errorf("the user's files are\n%q\nwere\n%q", after, before)
			}
		})
	}
}

func TestStageFollowsLinks(t *testing.T) {
	f := newPackageFixture(t)
	link(t, filepath.Join("..", "shared", "common.json"), filepath.Join(f.root, "link.json"))
	link(t, filepath.Join("..", "shared", "python"), filepath.Join(f.root, "vendor"))
	// A relative link in a linked folder starts from where that folder is.
	link(t, filepath.Join("..", "common.json"), filepath.Join(f.root, "..", "shared", "python", "up.json"))
	f.opts.Include = []string{"link.json", "vendor"}
	check(t, stage(t.Context(), f.opts))
	got := tree(t, f.opts.Dir)
	for name, want := range map[string]string{"link.json": "common", "vendor/lib.py": "lib", "vendor/up.json": "common"} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
}

func TestStageReplacesTheLastOne(t *testing.T) {
	f := newPackageFixture(t)
	f.opts.Include = []string{"baz.txt"}
	check(t, stage(t.Context(), f.opts))
	f.opts.Include = []string{"conf/prod.json"}
	check(t, stage(t.Context(), f.opts))
	got := tree(t, f.opts.Dir)
	if _, left := got["baz.txt"]; left || got["conf/prod.json"] != "prod" {
		t.Errorf("staged %q", got)
	}
	if names := slices.Sorted(maps.Keys(tree(t, filepath.Dir(f.opts.Dir)))); slices.ContainsFunc(names, func(n string) bool { return strings.HasSuffix(n, ".tmp") || strings.Contains(n, ".tmp/") }) {
		t.Errorf("left in the workspace: %q", names)
	}
}

// A stage that was killed left its half behind, and no build takes that for a whole.
func TestStageSweepsUpAfterAKilledOne(t *testing.T) {
	f := newPackageFixture(t)
	workspace := filepath.Dir(f.opts.Dir)
	half := filepath.Join(workspace, ".stage.1.KILLED.tmp")
	layOut(t, half, map[string]string{"index.py": "half"})
	long := time.Now().Add(-2 * time.Hour)
	check(t, os.Chtimes(half, long, long))
	check(t, stage(t.Context(), f.opts))
	if _, err := os.Lstat(half); err == nil {
		t.Errorf("%s is still there", half)
	}
}

func TestStageRefuses(t *testing.T) {
	cases := map[string]struct {
		include []string
		prepare func(t *testing.T, f *packageFixture)
		want    string
	}{
		"a name that is not there":   {include: []string{"none.txt"}, want: `include "none.txt": there is nothing of this name in `},
		"a glob that matches none":   {include: []string{"*.yaml"}, want: `include "*.yaml": there is nothing of this name in `},
		"a source that is not there": {include: []string{"none.txt=a.txt"}, want: "there is nothing named none.txt in "},
		"nothing":                    {include: []string{""}, want: `include "": want a path`},
		"no source":                  {include: []string{"=a"}, want: "want path=place, as in conf/prod.json=conf.json"},
		"no place":                   {include: []string{"baz.txt="}, want: "want path=place"},
		"a broken glob":              {include: []string{"[a"}, want: `include "[a": read it as a glob: `},
		"a glob over all folders":    {include: []string{"conf/**/*.txt"}, want: "** is not known: name the folder"},
		"only what nobody wants":     {include: []string{"__pycache__"}, want: "there are no files in it for the package, which never holds .git, .sparta, __pycache__"},
		"the workspace":              {include: []string{".sparta"}, want: "there are no files in it for the package"},
		"an empty folder": {
			include: []string{"empty"}, want: "there are no files in it for the package",
			prepare: func(t *testing.T, f *packageFixture) { check(t, os.Mkdir(filepath.Join(f.root, "empty"), 0o755)) },
		},
		"a place outside of the package":          {include: []string{"baz.txt=../baz.txt"}, want: "the place ../baz.txt is not in the package"},
		"a place that is a path of the system":    {include: []string{"baz.txt=/etc/baz.txt"}, want: "the place /etc/baz.txt is not in the package"},
		"a file outside without a place":          {include: []string{"../shared/common.json"}, want: "say where it goes in the package with path=place"},
		"a glob outside without a place":          {include: []string{"../shared/*.json"}, want: "say where it goes in the package with path=place"},
		"index.py":                                {include: []string{"baz.txt=index.py"}, want: "would be index.py in the package, which is Sparta's own: put it elsewhere with "},
		"index.py in another case":                {include: []string{"baz.txt=Index.PY"}, want: "would be Index.PY in the package, which is Sparta's own"},
		"an extension module before index.py":     {include: []string{"baz.txt=index.cpython-313-x86_64-linux-gnu.so"}, want: "which is Sparta's own"},
		"a Python package before index.py":        {include: []string{"baz.txt=index/__init__.py"}, want: "which is Sparta's own"},
		"a file under _sparta":                    {include: []string{"conf=_sparta"}, want: "would be _sparta/deep/x.txt in the package, which is Sparta's own"},
		"a file instead of _sparta":               {include: []string{"baz.txt=_sparta"}, want: "would be _sparta in the package, which is Sparta's own"},
		"the library":                             {include: []string{"baz.txt=bin/hello.so"}, want: "would be bin/hello.so in the package, which is Sparta's own"},
		"a file instead of the library's folder":  {include: []string{"baz.txt=bin"}, want: "would be bin in the package, which is the folder of bin/hello.so"},
		"a file instead of another file's folder": {include: []string{"baz.txt=conf", "conf"}, want: "would be conf in the package, which is the folder of conf/"},
		"two files in one place":                  {include: []string{"conf/*.json=a", "conf/dev.json=a/prod.json"}, want: "would be a/prod.json in the package, and so would "},
		"a link to nothing": {
			include: []string{"conf"}, want: "nowhere is a symbolic link to nothing: remove or mend it",
			prepare: func(t *testing.T, f *packageFixture) { link(t, "none", filepath.Join(f.root, "conf", "nowhere")) },
		},
		"a link back into its own folder": {
			include: []string{"conf"}, want: "loop is a symbolic link to a folder that it is in: remove it",
			prepare: func(t *testing.T, f *packageFixture) { link(t, "..", filepath.Join(f.root, "conf", "deep", "loop")) },
		},
		"no library": {
			want:    "stage the package: copy ",
			prepare: func(t *testing.T, f *packageFixture) { f.opts.Library += "x" },
		},
		"no index.py": {
			want:    "stage the package: read Sparta's own index.py: ",
			prepare: func(t *testing.T, f *packageFixture) { f.opts.Python = fstest.MapFS{} },
		},
		"a library's name with a folder": {
			want:    `"../x" is no name for a library`,
			prepare: func(t *testing.T, f *packageFixture) { f.opts.Name = "../x" },
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := newPackageFixture(t)
			layOut(t, f.opts.Dir, map[string]string{"index.py": "old"})
			if c.prepare != nil {
				c.prepare(t, &f)
			}
			f.opts.Include = c.include
			before := tree(t, filepath.Dir(f.root))
			err := stage(t.Context(), f.opts)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is\n%v\nwant in it\n%s", err, c.want)
			}
			if after := tree(t, filepath.Dir(f.root)); !maps.Equal(after, before) {
				t.Errorf("an error changed the folder to\n%q\nfrom\n%q", after, before)
			}
		})
	}
}

func TestStageKeepsInnocentNames(t *testing.T) {
	for _, place := range []string{"index.html", "index/data.json", "site/index.py", "_sparta.json", "bin/other.so", "indexes.so"} {
		f := newPackageFixture(t)
		f.opts.Include = []string{"baz.txt=" + place}
		check(t, stage(t.Context(), f.opts))
		if got := tree(t, f.opts.Dir)[place]; got != "baz" {
			t.Errorf("%s is %q", place, got)
		}
	}
}

func TestStageCancelled(t *testing.T) {
	f := newPackageFixture(t)
	layOut(t, f.opts.Dir, map[string]string{"index.py": "old"})
	before := tree(t, f.root)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := stage(ctx, f.opts); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want %v", err, context.Canceled)
	}
	if after := tree(t, f.root); !maps.Equal(after, before) {
		t.Errorf("a cancelled stage changed the folder to\n%q\nfrom\n%q", after, before)
	}
}

// Two checkouts of the same application, at other times and with other permissions, are the same
// archive.
func TestStageAndArchiveAreReproducible(t *testing.T) {
	var hashes []string
	for _, mode := range []fs.FileMode{0o644, 0o700} {
		f := newPackageFixture(t)
		when := time.Unix(1_000_000_000+int64(mode), 0)
		check(t, filepath.WalkDir(f.root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			return errors.Join(os.Chmod(path, mode), os.Chtimes(path, when, when))
		}))
		f.opts.Include = []string{"conf", "baz.txt"}
		check(t, stage(t.Context(), f.opts))
		report, err := archive.Write(t.Context(), f.opts.Dir, filepath.Join(f.root, ".sparta", "hello.zip"))
		check(t, err)
		hashes = append(hashes, report.SHA256)
	}
	if hashes[0] != hashes[1] {
		t.Errorf("hashes differ: %s", hashes)
	}
}

func link(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		if runtime.GOOS == "windows" {
			t.Skipf("this machine lacks symbolic links: %v", err)
		}
		t.Fatal(err)
	}
}

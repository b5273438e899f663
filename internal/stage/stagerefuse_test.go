package stage

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestStageRefuses(t *testing.T) {
	cases := map[string]struct {
		include []string
		prepare func(t *testing.T, f *packageFixture)
		want    string
	}{
		"a missing file": {
			include: []string{"none.txt"},
			want:    `include "none.txt": no such file or folder in `,
		},
		"a glob without matches": {
			include: []string{"*.yaml"},
			want:    `include "*.yaml": no such file or folder in `,
		},
		"a missing source": {
			include: []string{"none.txt=a.txt"},
			want:    "no file or folder none.txt in ",
		},
		"an empty include": {
			include: []string{""},
			want:    `include "": it is empty: name a file or folder`,
		},
		"no source": {
			include: []string{"=a"},
			want:    "write path=place, for example conf/prod.json=conf.json",
		},
		"no place":        {include: []string{"baz.txt="}, want: "write path=place"},
		"an invalid glob": {include: []string{"[a"}, want: `include "[a": read it as a glob: `},
		"a glob over all folders": {
			include: []string{"conf/**/*.txt"},
			want:    "** is not supported: name the folder",
		},
		"only files that are never packed": {
			include: []string{"__pycache__"},
			want:    "it has no files for the package, which never contains .git, .sparta, __pycache__ or",
		},
		"the workspace": {include: []string{".sparta"}, want: "it has no files for the package"},
		"an empty folder": {
			include: []string{"empty"},
			want:    "it has no files for the package",
			prepare: func(t *testing.T, f *packageFixture) {
				noError(t, os.Mkdir(filepath.Join(f.root, "empty"), 0o755))
			},
		},
		"a place outside the package": {
			include: []string{"baz.txt=../baz.txt"},
			want:    "the place ../baz.txt is outside the package",
		},
		"an absolute place": {
			include: []string{"baz.txt=/etc/baz.txt"},
			want:    "the place /etc/baz.txt is outside the package",
		},
		"a file outside without a place": {
			include: []string{"../shared/common.json"},
			want:    "give its place in the package with path=place",
		},
		"a glob outside without a place": {
			include: []string{"../shared/*.json"},
			want:    "give its place in the package with path=place",
		},
		"index.py": {
			include: []string{"baz.txt=index.py"},
			want:    "would be index.py in the package, which is a file of Sparta's own: choose another place with ",
		},
		"index.py in another case": {
			include: []string{"baz.txt=Index.PY"},
			want:    "would be Index.PY in the package, which is a file of Sparta's own",
		},
		"an extension module before index.py": {
			include: []string{"baz.txt=index.cpython-313-x86_64-linux-gnu.so"},
			want:    "which is a file of Sparta's own",
		},
		"a Python package before index.py": {
			include: []string{"baz.txt=index/__init__.py"},
			want:    "which is a file of Sparta's own",
		},
		"a file under _sparta": {
			include: []string{"conf=_sparta"},
			want:    "would be _sparta/deep/x.txt in the package, which is a file of Sparta's own",
		},
		"a file instead of _sparta": {
			include: []string{"baz.txt=_sparta"},
			want:    "would be _sparta in the package, which is a file of Sparta's own",
		},
		"the library": {
			include: []string{"baz.txt=bin/hello.so"},
			want:    "would be bin/hello.so in the package, which is a file of Sparta's own",
		},
		"a file instead of the library's folder": {
			include: []string{"baz.txt=bin"},
			want:    "would be bin in the package, which is the folder of bin/hello.so",
		},
		"a file instead of another file's folder": {
			include: []string{"baz.txt=conf", "conf"},
			want:    "would be conf in the package, which is the folder of conf/",
		},
		"two files in one place": {
			include: []string{"conf/*.json=a", "conf/dev.json=a/prod.json"},
			want:    "would be a/prod.json in the package, and so would ",
		},
		"a link to nothing": {
			include: []string{"conf"},
			want:    "nowhere is a symbolic link to nothing: remove or fix it",
			prepare: func(t *testing.T, f *packageFixture) {
				linkTo(t, "none", filepath.Join(f.root, "conf", "nowhere"))
			},
		},
		"a link back into its own folder": {
			include: []string{"conf"},
			want:    "loop is a symbolic link to a folder that contains it: remove it",
			prepare: func(t *testing.T, f *packageFixture) {
				linkTo(t, "..", filepath.Join(f.root, "conf", "deep", "loop"))
			},
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
			want:    `"../x" is not a valid library name`,
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
			before := contentOf(t, filepath.Dir(f.root))
			err := Write(t.Context(), f.opts)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is\n%v\nwant one with\n%s", err, c.want)
			}
			if after := contentOf(t, filepath.Dir(f.root)); !maps.Equal(after, before) {
				t.Errorf("an error changed the folder to\n%q\nfrom\n%q", after, before)
			}
		})
	}
}

func TestPlan(t *testing.T) {
	f := newPackageFixture(t)
	noError(t, os.Chmod(filepath.Join(f.root, "conf", "deep", "x.txt"), 0o755))
	shared := filepath.Join(f.root, "..", "shared", "common.json")
	noError(t, os.Symlink(shared, filepath.Join(f.root, "conf", "link.json")))
	include := []string{"conf", "baz.txt=.", "../shared/python=lib"}
	extras, err := Plan(t.Context(), Files{Root: f.root, Include: include}, "hello")
	noError(t, err)
	got := map[string]Extra{}
	for _, e := range extras {
		e.Source = ""
		got[e.Target] = e
	}
	common, err := filepath.EvalSymlinks(shared)
	noError(t, err)
	want := map[string]Extra{
		"baz.txt":         {Target: "baz.txt", Size: 3},
		"conf/dev.json":   {Target: "conf/dev.json", Size: 3},
		"conf/prod.json":  {Target: "conf/prod.json", Size: 4},
		"conf/deep/x.txt": {Target: "conf/deep/x.txt", Size: 1, Executable: true},
		"conf/link.json":  {Target: "conf/link.json", Size: 6, Outside: common},
		"lib/lib.py":      {Target: "lib/lib.py", Size: 3},
	}
	if !maps.Equal(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	for _, name := range []string{"back\\slash", "not-utf8-\xff"} {
		noError(t, os.WriteFile(filepath.Join(f.root, "conf", name), nil, 0o644))
		_, err := Plan(t.Context(), Files{Root: f.root, Include: []string{"conf"}}, "hello")
		if err == nil || !strings.Contains(err.Error(), "does not unzip to the same name on every system") {
			t.Errorf("%q: %v", name, err)
		}
		noError(t, os.Remove(filepath.Join(f.root, "conf", name)))
	}
}

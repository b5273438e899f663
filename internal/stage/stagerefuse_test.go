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
			prepare: func(t *testing.T, f *packageFixture) { noError(t, os.Mkdir(filepath.Join(f.root, "empty"), 0o755)) },
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
			prepare: func(t *testing.T, f *packageFixture) { linkTo(t, "none", filepath.Join(f.root, "conf", "nowhere")) },
		},
		"a link back into its own folder": {
			include: []string{"conf"}, want: "loop is a symbolic link to a folder that it is in: remove it",
			prepare: func(t *testing.T, f *packageFixture) { linkTo(t, "..", filepath.Join(f.root, "conf", "deep", "loop")) },
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
			before := contentOf(t, filepath.Dir(f.root))
			err := Lay(t.Context(), f.opts)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is\n%v\nwant in it\n%s", err, c.want)
			}
			if after := contentOf(t, filepath.Dir(f.root)); !maps.Equal(after, before) {
				t.Errorf("an error changed the folder to\n%q\nfrom\n%q", after, before)
			}
		})
	}
}

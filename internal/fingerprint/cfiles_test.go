package fingerprint

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/testrequire"
)

const tree = `
-- app/main.go --
package main

// #include "near.h"
/*
# include <far.h>
#cgo LDFLAGS: ignored
*/
import "C"
-- app/own.h --
#include "../beside/beside.h"
-- app/code.S --
	.incbin "data.bin"
-- app/data.bin --
-- app/near.h --
#include \
  "deep/deeper.h"
#ifdef NEVER
#include "never.h"
#endif
-- app/deep/deeper.h --
#  include /* a comment */ "sibling.h"
#include "near.h"
-- app/deep/sibling.h --
-- app/never.h --
-- app/data.txt --
#include "unused.h"
-- app/unused.h --
-- beside/beside.h --
#import <macro.h>
-- include/far.h --
#include_next <far.h>
-- include/macro.h --
#define NAME "named.h"
#include NAME
-- include/named.h --
-- system/far.h --
-- system/forced.h --
-- lib/libone.a --
-- lib/libone.so --
-- lib/libtwo.a --
-- lib/exact.o --
-- lib/map.txt --
-- system/libtwo.a --
-- system/libthree.so --
`

func TestCFiles(t *testing.T) {
	for name, test := range map[string]struct {
		change func(p *gosource.Package)
		want   []string
	}{
		"no C code": {func(p *gosource.Package) { p.CgoFiles = nil }, nil},
		"headers of the files and of their headers": {
			nil,
			[]string{
				"app/data.bin", "app/deep/deeper.h", "app/deep/sibling.h", "app/near.h", "app/never.h",
				"beside/beside.h", "include/far.h", "include/macro.h", "include/named.h", "system/far.h",
			},
		},
		"a folder of -I in two arguments, and no system": {
			func(p *gosource.Package) { p.HFiles, p.SFiles, p.CgoCFLAGS = nil, nil, []string{"-I", "../system"} },
			[]string{"app/deep/deeper.h", "app/deep/sibling.h", "app/near.h", "app/never.h", "system/far.h"},
		},
		"a header of -include": {
			func(p *gosource.Package) {
				p.CgoFiles, p.HFiles, p.SFiles = []string{"other.go"}, nil, nil
				p.CgoCPPFLAGS = []string{"-include", "../system/forced.h"}
			},
			[]string{"system/forced.h"},
		},
		"libraries": {
			func(p *gosource.Package) {
				p.CgoFiles, p.HFiles, p.SFiles = []string{"other.go"}, nil, nil
				p.CgoLDFLAGS = []string{
					"-L../lib", "-lone", "-ltwo", "-l", "three", "-l:exact.o", "-lmissing",
					"-Wl,--version-script=../lib/map.txt,--gc-sections", "../lib/libtwo.a",
				}
			},
			[]string{
				"lib/exact.o", "lib/libone.a", "lib/libone.so", "lib/libtwo.a", "lib/map.txt", "system/libthree.so",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			root := testfiles.Unpack(t, tree)
			p := &gosource.Package{
				Dir:       filepath.Join(root, "app"),
				CgoFiles:  []string{"main.go"},
				HFiles:    []string{"own.h"},
				SFiles:    []string{"code.S"},
				CgoCFLAGS: []string{"-I" + filepath.Join(root, "include")},
			}
			if test.change != nil {
				test.change(p)
			}
			system := []string{filepath.Join(root, "system")}
			var got []string
			for _, path := range cFiles(p, nil, searchPath{Headers: system, Libraries: system}) {
				relative, err := filepath.Rel(root, path)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, filepath.ToSlash(relative))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestFilesOfAnOverlay(t *testing.T) {
	root := testfiles.Unpack(t, tree)
	path := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	p := &gosource.Package{Dir: path("app"), CgoFiles: []string{"main.go"}}
	overlay := gosource.Overlay{path("app/near.h"): path("app/data.txt")}
	want := []string{path("app/near.h"), path("app/unused.h")}
	if got := cFiles(p, overlay, searchPath{}); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The compiler's own folders, and those that its environment variables add.
func TestSearchPathOf(t *testing.T) {
	testrequire.Need(t, "gcc")
	dir := t.TempDir()
	t.Setenv("C_INCLUDE_PATH", dir)
	t.Setenv("LIBRARY_PATH", dir)
	search := searchPathOf(t.Context(), []string{"gcc"}, "c")
	for what, folders := range map[string][]string{"headers": search.Headers, "libraries": search.Libraries} {
		if !slices.Contains(folders, dir) || len(folders) < 2 {
			t.Errorf("the folders of %s are %q: want %s and the compiler's own", what, folders, dir)
		}
	}
	if search := searchPathOf(t.Context(), []string{"no-compiler-of-this-name"}, "c"); search.Headers != nil {
		t.Errorf("a compiler that does not exist searches %q", search.Headers)
	}
}

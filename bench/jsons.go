package main

import (
	"context"
	"os"
	"path/filepath"
)

// jsonModule is what Python's runtime client decodes and encodes with.
type jsonModule struct {
	name string
	env  []string // brings it about
}

// debianSimplejson is where Debian's package python3-simplejson puts it.
const debianSimplejson = "/usr/lib/python3/dist-packages/simplejson"

// jsons lists simplejson, which Lambda's runtime client uses, where this machine has it for this
// Python, and the standard library's json, which the embedded client uses where there is no simplejson.
// SPARTA_TEST_SIMPLEJSON names a folder with simplejson in it.
func jsons(ctx context.Context, s *session) []jsonModule {
	if s.hasSimplejson(ctx, "") { // then every client uses it
		return []jsonModule{{name: "simplejson"}}
	}
	found := []jsonModule{{name: "json"}}
	folder := os.Getenv("SPARTA_TEST_SIMPLEJSON")
	if folder == "" {
		// A folder of its own: the rest of Debian's packages is none of the function's.
		folder = filepath.Join(s.scratch, "simplejson")
		_ = os.MkdirAll(folder, 0o755)
		_ = os.Symlink(debianSimplejson, filepath.Join(folder, "simplejson"))
	}
	if !s.hasSimplejson(ctx, folder) {
		s.say("no simplejson for Python %s: measured with the standard library's json alone", s.python.Version)
		return found
	}
	return append([]jsonModule{{name: "simplejson", env: []string{"PYTHONPATH=" + folder}}}, found...)
}

// hasSimplejson reports whether the interpreter, with the folder on its path, can import simplejson with its
// compiled half: without that, for another Python say, it is no peer.
func (s *session) hasSimplejson(ctx context.Context, folder string) bool {
	const check = "import simplejson.scanner as s, simplejson.encoder as e; assert s.c_make_scanner and e.c_make_encoder"
	_, err := s.module.output(ctx, "", s.python.Path, "-c", check, "PYTHONPATH="+folder, "PYTHONDONTWRITEBYTECODE=1")
	return err == nil
}

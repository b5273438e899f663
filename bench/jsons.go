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
// Python, and the standard library's json. SPARTA_TEST_SIMPLEJSON names a folder with simplejson in it.
func jsons(ctx context.Context, s *session) []jsonModule {
	found := []jsonModule{{name: "json"}}
	folder := os.Getenv("SPARTA_TEST_SIMPLEJSON")
	if folder == "" {
		// A folder of its own: the rest of Debian's packages is none of the function's.
		folder = filepath.Join(s.scratch, "simplejson")
		_ = os.MkdirAll(folder, 0o755)
		_ = os.Symlink(debianSimplejson, filepath.Join(folder, "simplejson"))
	}
	// Without its compiled half, for another Python say, it is no peer.
	const check = "import simplejson.scanner as s, simplejson.encoder as e; assert s.c_make_scanner and e.c_make_encoder"
	if _, err := s.module.output(ctx, "", s.python.Path, "-c", check, "PYTHONPATH="+folder, "PYTHONDONTWRITEBYTECODE=1"); err != nil {
		s.say("no simplejson for Python %s: measured with the standard library's json alone", s.python.Version)
		return found
	}
	return append([]jsonModule{{name: "simplejson", env: []string{"PYTHONPATH=" + folder}}}, found...)
}

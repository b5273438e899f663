package product

import (
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/go-sparta/sparta/internal/chores"
	"github.com/go-sparta/sparta/internal/moduleproxy"
)

// publish DIR PATH VERSION PROXY writes a module to a folder for GOPROXY, so that it is downloaded to the module
// cache like any dependency.
func publish(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: publish dir path version proxy")
	}
	module := moduleproxy.Module{Dir: ts.MkAbs(args[0]), Path: args[1], Version: args[2]}
	var err error
	module.Files, err = chores.Find(module.Dir, "*")
	ts.Check(err)
	ts.Check(moduleproxy.Publish(module, ts.MkAbs(args[3])))
}

package product

import (
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/go-sparta/sparta/internal/moduleproxy"
)

// release VERSION PROXY publishes the working tree of this module.
func release(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: release version proxy")
	}
	module, err := moduleproxy.This(repository(), args[0])
	ts.Check(err)
	ts.Check(moduleproxy.Publish(module, ts.MkAbs(args[1])))
}

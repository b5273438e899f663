package invocation_test

import (
	"errors"
	"testing"

	"github.com/go-sparta/sparta/internal/invocation"
)

func TestFailuresSayWhatToDo(t *testing.T) {
	for name, test := range map[string]struct{ function, document, want string }{
		"no such function in Go": {
			"index.a", `{"errorType":"Runtime.HandlerNotFound"}`,
			"invoke index.a: the application has no function of this name: choose one of those above with -function",
		},
		"no such function in Python": {
			"shop.app.handle", `{"errorType":"Runtime.HandlerNotFound"}`,
			"invoke shop.app.handle: the Python module shop.app has no function handle: correct the module or " +
				"-function",
		},
		"no such module": {
			"app.handle",
			`{"errorType":"Runtime.ImportModuleError","errorMessage":"Unable to import: No module named 'x'"}`,
			"invoke app.handle: failed: the package has no Python module x: SPARTA_PYTHON_DIR adds modules of your " +
				"own, and SPARTA_REQUIREMENTS packages",
		},
		"a Python that lacks a module of its own": {
			"index.a", `{"errorType":"Runtime.ImportModuleError","errorMessage":"No module named '_ctypes'"}`,
			"invoke index.a: failed",
		},
		"a name that a module lacks": {
			"app.handle", `{"errorType":"Runtime.ImportModuleError","errorMessage":"cannot import name 'x' from 'y'"}`,
			"invoke app.handle: failed",
		},
		"a document of the function's own": {"hello", `["errorType"]`, "invoke hello: failed"},
	} {
		t.Run(name, func(t *testing.T) {
			err := invocation.Run{Handler: test.function, Function: "app", Named: true}.Failure([]byte(test.document),
				errors.New("failed"))
			if err.Error() != test.want {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}

// A user who has named no function knows its name in AWS, and not that of its handler in Python.
func TestTheOnlyFunctionIsNamed(t *testing.T) {
	err := invocation.Run{Handler: "handler", Function: "app"}.Failure([]byte("{}"), errors.New("failed"))
	if got := err.Error(); got != "invoke app: failed" {
		t.Errorf("error is %s", got)
	}
}

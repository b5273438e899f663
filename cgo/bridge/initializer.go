//go:build lambdabinary && go1.21

package bridge

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
)

// caller returns the place in the application that has called the bridge, and reports whether a package initializer is
// running this goroutine. In a library only initializers run below runtime.main.
func caller() (where string, initializer bool) {
	counters := make([]uintptr, 256)
	frames := runtime.CallersFrames(counters[:runtime.Callers(1, counters)])
	for more := true; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		switch {
		case frame.Function == "runtime.main":
			return where, true
		case where == "" && !isOwn(frame.Function):
			where = fmt.Sprintf("%s:%d", frame.File, frame.Line)
		}
	}
	return where, false
}

// isOwn reports whether a function is Sparta's. A build may have put this
// package into the application's module.
func isOwn(function string) bool {
	own := reflect.TypeOf(Function{}).PkgPath()
	return strings.HasPrefix(function, own+".") || strings.HasPrefix(function, "github.com/go-sparta/sparta/cgo.")
}

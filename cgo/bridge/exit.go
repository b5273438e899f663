//go:build lambdabinary && go1.21

package bridge

import (
	"fmt"
	"os"
	"runtime"
)

// Exit replaces os.Exit in the library build. The exit ends Python's process
// too, so Exit first writes where it was called.
func Exit(code int) {
	where := "unknown place"
	if _, file, line, ok := runtime.Caller(1); ok {
		where = fmt.Sprintf("%s:%d", file, line)
	}
	fmt.Fprintf(os.Stderr, "%s called os.Exit(%d): the Lambda runtime ends with it\n", where, code)
	os.Exit(code)
}

package gobuild

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/progress"
)

// FirstBuild reports whether this is the first build with a compiler for a target, for example linux/arm64, which
// compiles the standard library as well. The function done records in the folder that a build has succeeded.
func FirstBuild(folder, compiler, target string) (first bool, done func()) {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:@`, r) {
			return '_'
		}
		return r
	}, "built-"+compiler+"-"+target)
	mark := filepath.Join(folder, name)
	_, err := os.Stat(mark)
	return os.IsNotExist(err), func() { _ = os.WriteFile(mark, nil, 0o644) } // only for the clock's text
}

// Timed compiles with a compiler for a target, and shows on the log's terminal how long that has taken so far. The
// workspace is for systems without a folder for caches.
func Timed(
	log *logrus.Logger, workspace, compiler, target string, compile func() (string, error),
) (output string, err error) {
	what := "compiling"
	first, done := FirstBuild(Cache(workspace), compiler, target)
	if first {
		what = "the first build compiles the standard library"
	}
	stop := progress.Clock(log, what)
	defer stop()
	if output, err = compile(); err == nil {
		done()
	}
	return output, err
}

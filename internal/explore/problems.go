package explore

import (
	"fmt"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/rebuild"
	"github.com/go-sparta/sparta/internal/files"
)

// report writes why a build has failed.
func report(log *logrus.Logger, problems []rebuild.Problem, dir string, serving bool) {
	var text strings.Builder
	for _, problem := range problems {
		problem.Write(&text, dir)
	}
	if serving {
		text.WriteString("The last good build continues to serve.\n")
	}
	log.Error("the build has failed:\n" + strings.TrimRight(text.String(), "\n"))
}

// recorded returns problems for the history.
func recorded(problems []rebuild.Problem, dir string) []history.Problem {
	var found []history.Problem
	for _, one := range problems {
		problem := history.Problem{Line: one.Line, Column: one.Column, Message: one.Message}
		if one.File != "" {
			problem.File = files.Shown(dir, one.File)
		}
		for _, line := range one.Source {
			problem.Code = append(problem.Code, line.Text)
		}
		if len(one.Source) > 0 {
			problem.First = one.Source[0].Number
		}
		found = append(found, problem)
	}
	return found
}

// shown returns paths as people in a folder type them.
func shown(paths []string, dir string) []string {
	names := make([]string, len(paths))
	for i, path := range paths {
		names[i] = files.Shown(dir, path)
	}
	return names
}

// list names files, but not many.
func list(names []string) string {
	const most = 3
	if more := len(names) - most; more > 0 {
		return fmt.Sprintf("%s and %d more files", strings.Join(names[:most], ", "), more)
	}
	return strings.Join(names, ", ")
}

package spartamage

import (
	"bytes"
	"os"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

// variables are the environment variables of the targets and of applications' own commands.
var variables = []string{
	"SPARTA_BUILDER", "SPARTA_BUILD_TAGS", "SPARTA_CONTAINER_CLI", "SPARTA_DEPLOY", "SPARTA_DESCRIPTION",
	"SPARTA_FUNCTION", "SPARTA_GOARCH", "SPARTA_GOOS", "SPARTA_IMAGE", "SPARTA_INCLUDE", "SPARTA_LDFLAGS",
	"SPARTA_LOG_LEVEL", "SPARTA_MEMORY_SIZE", "SPARTA_NAME", "SPARTA_NOOP", "SPARTA_PACKAGE", "SPARTA_PYTHON",
	"SPARTA_ROLE", "SPARTA_S3_BUCKET", "SPARTA_SERVICE", "SPARTA_STACK", "SPARTA_TIMEOUT",
}

// warnOfUnknown warns of SPARTA_* variables that neither this module nor the application's own sources mention: they
// may be misspelt.
func (b *builder) warnOfUnknown() {
	for _, name := range spartaVariables(os.Environ()) {
		if slices.Contains(variables, name) || mentions(b.app, name) {
			continue
		}
		advice := ""
		if near := nearest(name, variables); near != "" {
			advice = ": did you mean " + near + "?"
		}
		b.log.Warnf("%s is set, but it is not a setting, and the application's sources do not mention it%s", name, advice)
	}
}

// mentions reports whether the application's own sources contain a text.
func mentions(app *gosource.Application, text string) bool {
	for _, p := range app.Packages {
		if !app.Local(p) {
			continue
		}
		for _, path := range p.Sources() {
			content, err := os.ReadFile(app.Overlay.Path(path))
			if err == nil && bytes.Contains(content, []byte(text)) {
				return true
			}
		}
	}
	return false
}

// nearest returns the name that differs from another in at most two characters, or "".
func nearest(name string, names []string) string {
	for _, limit := range []int{1, 2} {
		for _, candidate := range names {
			if distance(name, candidate) <= limit {
				return candidate
			}
		}
	}
	return ""
}

// distance returns how many characters have to be inserted, removed or replaced to turn a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

// spartaVariables lists the names of the SPARTA_* variables of an environment.
func spartaVariables(environ []string) []string {
	var names []string
	for _, variable := range environ {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "SPARTA_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

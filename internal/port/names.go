package port

import (
	_ "embed"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

// namesText lists the exported names of the original, one a line: the folder of the package, the name, what became of
// it, and its place here or what to do instead.
//
//go:embed names.txt
var namesText string

// What became of a name.
const (
	same    = "same"    // has the same name, and works with the same source
	moved   = "moved"   // port writes its new name
	literal = "literal" // port writes its value
	ported  = "ported"  // has the same name, and port changes the source where it is used
	changed = "changed" // has the same name, but the source has to be changed by hand where it is used
	absent  = "absent"  // has no successor of its own
)

// entry is what became of a name of the original.
type entry struct {
	Package string // folder in the original; empty for the root
	Name    string
	Verdict string
	Text    string
}

// nameTable returns the entries in the order of the file.
func nameTable() (entries []entry) {
	for line := range strings.Lines(namesText) {
		fields := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 4)
		if len(fields) < 3 {
			continue
		}
		e := entry{Package: strings.TrimPrefix(fields[0], "."), Name: fields[1], Verdict: fields[2]}
		if len(fields) == 4 {
			e.Text = fields[3]
		}
		entries = append(entries, e)
	}
	return entries
}

// packages maps folders of the original to the folders of this module that have their names.
var packages = map[string]string{
	"":                   "sparta",
	"cgo":                "cgo",
	"magefile":           "magefile",
	"decorator":          "decorator",
	"aws":                "cgo",
	"aws/cloudformation": "cloudformation",
	"aws/iam":            "sparta/iam",
	"aws/iam/builder":    "sparta/iambuilder",
	"aws/events":         "sparta/events",
	"aws/apigateway":     "sparta/apigateway",
	"aws/s3":             "sparta/events/s3",
	"aws/sns":            "sparta/events/sns",
	"aws/kinesis":        "sparta/events/kinesis",
	"aws/ses":            "sparta/events/ses",
	"aws/dynamodb":       "compat/dynamodb",
}

var original = regexp.MustCompile(`^github\.com/mweagle/[Ss]parta(/v[0-9]+)?(/|$)`)

// originalFolder returns the folder of a package of the original.
func originalFolder(path string) (folder string, ok bool) {
	found := original.FindString(path)
	return path[len(found):], found != ""
}

// target is the new place of a name.
type target struct {
	path, name string
	arguments  int // how many of a call's arguments are kept
}

// newTarget reads a place such as cgo.MainEx(6), which keeps the first six arguments of a call.
func newTarget(text string) target {
	to := target{arguments: math.MaxInt}
	if open := strings.LastIndex(text, "("); open >= 0 {
		if count, err := strconv.Atoi(strings.TrimSuffix(text[open+1:], ")")); err == nil {
			text, to.arguments = text[:open], count
		}
	}
	folder, name, _ := strings.Cut(text, ".")
	to.path, to.name = gosource.ModulePath+"/"+folder, name
	return to
}

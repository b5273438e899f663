package scaffold

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/internal/naming"
)

// Template is a kind of application. Its files are in the folder of this name of package templates.
type Template struct {
	Name, Summary string

	try string // the command that leads to a first answer
}

const (
	explore    = "go tool mage cgo:explore"
	runExplore = "go run . explore" // of a Sparta application: there is less to compile, and it serves sites
)

var catalog = []Template{
	{"hello", "a function for aws-lambda-go", explore},
	{"api", "an http.Handler behind an HTTP API", runExplore},
	{"queue", "a function for an SQS queue, with partial failures", runExplore},
	{"schedule", "a function that runs on a schedule", runExplore},
	{"site", "a website behind CloudFront, and its API", runExplore},
	{"edge", "a website with a function at edge locations", runExplore},
	{"mixed", "Python and Go in one function", explore},
}

// Templates lists the kinds of applications, the first of which is the default.
func Templates() []Template { return catalog }

// Names lists the templates' names.
func Names() []string {
	var names []string
	for _, template := range catalog {
		names = append(names, template.Name)
	}
	return names
}

func find(name string) (Template, error) {
	for _, template := range catalog {
		if template.Name == name {
			return template, nil
		}
	}
	advice := "use one of " + strings.Join(Names(), ", ")
	if near := naming.Nearest(name, Names()); near != "" {
		advice = "did you mean " + near + "?"
	}
	return Template{}, fmt.Errorf("unknown template %q: %s", name, advice)
}

func checkTemplate(name string) error {
	_, err := find(name)
	return err
}

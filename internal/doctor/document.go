package doctor

import (
	"fmt"
	"io"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// Document is what an examination has found. Its JSON is what Options.JSON writes.
type Document struct {
	Checks []Check `json:"checks"`
	Build  Check   `json:"build"` // whether and how a build is possible
}

// Check is one finding.
type Check struct {
	Name   string `json:"name"`
	Status string `json:"status"` // ok, warn or missing
	Detail string `json:"detail"`
	Next   string `json:"next,omitempty"` // what to do

	line string // for people
}

func newCheck(name string, f finding) Check {
	return Check{Name: name, Status: f.status, Detail: f.detail, Next: f.next, line: f.String()}
}

// write writes JSON, or a line for each check. In text, it leaves out the verdict that no build is possible, because
// that is the command's error.
func (d Document) write(out io.Writer, json bool) error {
	if json {
		return plainjson.Write(out, d)
	}
	lines := d.Checks
	if d.Build.Status != lacking {
		lines = append(lines, d.Build)
	}
	for _, check := range lines {
		if _, err := fmt.Fprintf(out, "%-8s %-13s %s\n", check.Status, check.Name, check.line); err != nil {
			return err
		}
	}
	return nil
}

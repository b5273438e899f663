package template

import (
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// snapStart makes versions start from a snapshot.
type snapStart struct{ absent }

// snapStartPython is the first Python 3 that SnapStart works with.
const snapStartPython = 12

func (snapStart) check(f function) error {
	if f.options.SnapStarts() && f.olderThan(snapStartPython) {
		return fmt.Errorf("SnapStart does not work with %s: use python3.%d or later", f.pkg.Python, snapStartPython)
	}
	return nil
}

func (snapStart) configure(f function, resource *cloudformation.Resource) {
	if f.options.SnapStart != nil {
		resource.Properties["SnapStart"] = map[string]any{"ApplyOn": f.options.SnapStart.ApplyOn}
	}
}

func (snapStart) facts(f function) []show.Fact {
	if f.options.SnapStart == nil {
		return nil
	}
	return []show.Fact{{Name: "SnapStart", Value: f.options.SnapStart.ApplyOn}}
}

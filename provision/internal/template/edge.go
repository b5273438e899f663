package template

import (
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/discovery"
	associations "github.com/go-sparta/sparta/provision/internal/edge"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// edge is for functions that CloudFront runs.
type edge struct{ absent }

func (edge) check(f function) error {
	switch {
	case !f.options.Edge:
		return nil
	case f.pkg.GOARCH == "arm64":
		return fmt.Errorf("Lambda@Edge does not run %s: build for amd64 (SPARTA_GOARCH)", f.pkg.GOARCH)
	case f.region != "" && f.region != discovery.EdgeRegion:
		return fmt.Errorf("Lambda@Edge runs only functions of %s: provision there, not in %s", discovery.EdgeRegion,
			f.region)
	}
	return associations.CheckPackage(f.pkg.Size)
}

func (edge) statements(f function) []map[string]any {
	if !f.options.Edge {
		return nil
	}
	// Each edge location writes to a log group in its own region, which it has to create.
	return []map[string]any{iam.Allow(logARN("*", discovery.EdgeRegion+".", f),
		"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")}
}

func (edge) neighbours(f function) []show.Neighbour {
	if !f.options.Edge {
		return nil
	}
	neighbour := show.Neighbour{Invokes: true, Name: "CloudFront", Title: "CloudFront", Subtitle: "Lambda@Edge"}
	if len(f.options.EdgeAssociations) > 0 {
		neighbour.Sample = f.options.EdgeAssociations[0].EventType
	}
	return []show.Neighbour{neighbour}
}

func (edge) facts(f function) []show.Fact { return associations.Facts(&f.options) }

func (edge) permissions() []string { return associations.Permissions() }

// connectEdge lets distributions run the functions for edge locations. By then, the template has the distributions.
func connectEdge(template *cloudformation.Template, service Service) error {
	var functions []associations.Function
	for _, info := range service.Functions {
		f := newFunction(info)
		for id := range template.Resources {
			if f.options.Edge && IsVersionOf(id, info.Name()) {
				functions = append(functions, associations.Function{
					Name: info.Name(), Options: &f.options, ID: string(f.ref()), Version: id,
				})
			}
		}
	}
	return associations.AddTo(template, functions)
}

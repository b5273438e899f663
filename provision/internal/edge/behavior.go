package edge

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/sparta"
)

// place is where the template has an association.
type place struct {
	Association
	id       string // of the distribution
	behavior map[string]any
}

// place finds the cache behavior of an association with a distribution of the template.
func (a Association) place(template *cloudformation.Template, id string) (*place, error) {
	configuration := object(template.Resources[id].Properties, "DistributionConfig")
	if configuration == nil {
		return nil, fmt.Errorf("distribution %s has no DistributionConfig: set it in the hook that adds it", id)
	}
	behavior, err := a.behavior(configuration, id)
	if err != nil {
		return nil, err
	}
	return &place{a, id, behavior}, nil
}

// addFunction lets the distribution run the function. Before that, it has been called for some of the service's others.
func (p *place) addFunction(others []*place) error {
	for _, other := range others {
		if other.id == p.id && p.isTaken(other.Association) {
			return p.takenError(other.Association)
		}
	}
	if p.id == site.DistributionID && p.ofViewer() {
		dropRewrite(p.behavior)
	}
	if err := p.CheckFree(p.id, occupants(p.behavior)); err != nil {
		return err
	}
	if p.id == site.DistributionID && p.IncludeBody {
		// The site's own behaviors refuse the methods of requests with a body.
		p.behavior["AllowedMethods"] = []string{"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
	}
	added := map[string]any{"EventType": p.EventType, "LambdaFunctionARN": cloudformation.Ref(p.Function.Version)}
	if p.IncludeBody {
		added["IncludeBody"] = true
	}
	p.behavior[ofLambda] = append(list(p.behavior, ofLambda), added)
	return nil
}

// The properties of behaviors with functions.
const (
	ofLambda     = "LambdaFunctionAssociations"
	ofCloudFront = "FunctionAssociations"
)

// behavior finds the association's cache behavior. The site's distribution gets it if it has none for the pattern: the
// default one, for these paths.
func (a Association) behavior(configuration map[string]any, id string) (map[string]any, error) {
	standard := object(configuration, "DefaultCacheBehavior")
	if standard == nil {
		return nil, fmt.Errorf("distribution %s has no DefaultCacheBehavior: set it in the hook that adds it", id)
	}
	if a.PathPattern == "" {
		return standard, nil
	}
	behaviors := list(configuration, "CacheBehaviors")
	var patterns []string
	for _, entry := range behaviors {
		behavior, _ := entry.(map[string]any)
		pattern, _ := behavior["PathPattern"].(string)
		if a.IsOf(pattern) {
			return behavior, nil
		}
		patterns = append(patterns, pattern)
	}
	if id != site.DistributionID {
		return nil, fmt.Errorf("distribution %s has no cache behavior for the PathPattern %q: use one of those that "+
			"it has (%s), or add one in the hook that adds the distribution", id, a.PathPattern,
			strings.Join(patterns, ", "))
	}
	added := maps.Clone(standard)
	added["PathPattern"] = a.PathPattern
	delete(added, ofLambda)
	at := slices.IndexFunc(patterns, func(pattern string) bool { return compare(a.PathPattern, pattern) < 0 })
	if at < 0 {
		at = len(patterns)
	}
	configuration["CacheBehaviors"] = slices.Insert(behaviors, at, any(added))
	return added, nil
}

// IsOf reports whether a path pattern is the association's.
func (a Association) IsOf(pattern string) bool {
	return sparta.EdgeAssociation{PathPattern: pattern}.Pattern() == a.Pattern()
}

// compare puts longer patterns first: CloudFront uses the first behavior whose pattern matches.
func compare(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) }

// dropRewrite removes the site's own function from a behavior: CloudFront does not combine it with Lambda@Edge.
func dropRewrite(behavior map[string]any) {
	left := slices.DeleteFunc(slices.Clone(list(behavior, ofCloudFront)), isRewrite)
	if len(left) == 0 {
		delete(behavior, ofCloudFront)
		return
	}
	behavior[ofCloudFront] = left
}

func isRewrite(entry any) bool {
	association, _ := entry.(map[string]any)
	return association["FunctionARN"] == site.Rewrite()["FunctionARN"]
}

package edge

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/site"
)

// addTo adds the association to a distribution of the template.
func (a association) addTo(template *cloudformation.Template, id string) error {
	configuration := object(template.Resources[id].Properties, "DistributionConfig")
	if configuration == nil {
		return fmt.Errorf("distribution %s has no DistributionConfig: set it in the hook that adds it", id)
	}
	behavior, err := a.behavior(template, configuration, id)
	if err != nil {
		return err
	}
	if id == site.DistributionID && a.ofViewer() {
		dropRewrite(behavior)
	}
	if err := a.checkFree(behavior, id); err != nil {
		return err
	}
	if id == site.DistributionID && a.IncludeBody {
		// The site's own behaviors refuse the methods of requests with a body.
		behavior["AllowedMethods"] = []string{"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
	}
	added := map[string]any{"EventType": a.EventType, "LambdaFunctionARN": cloudformation.Ref(a.function.Version)}
	if a.IncludeBody {
		added["IncludeBody"] = true
	}
	behavior["LambdaFunctionAssociations"] = append(list(behavior, "LambdaFunctionAssociations"), added)
	return nil
}

func (a association) ofViewer() bool { return strings.HasPrefix(a.EventType, "viewer-") }

// behavior finds the association's cache behavior. The site's distribution gets it if it has none for the pattern: the
// default one, for these paths.
func (a association) behavior(
	template *cloudformation.Template, configuration map[string]any, id string,
) (map[string]any, error) {
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
		if pattern == a.PathPattern {
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
	delete(added, "LambdaFunctionAssociations")
	if len(list(added, "FunctionAssociations")) == 0 && template.Resources[site.RewriteID] != nil {
		added["FunctionAssociations"] = []any{site.Rewrite()} // another association may have dropped it
	}
	at := slices.IndexFunc(patterns, func(pattern string) bool { return compare(a.PathPattern, pattern) < 0 })
	if at < 0 {
		at = len(patterns)
	}
	configuration["CacheBehaviors"] = slices.Insert(behaviors, at, any(added))
	return added, nil
}

// compare puts longer patterns first: CloudFront uses the first behavior whose pattern matches.
func compare(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) }

// checkFree returns an error if CloudFront would not run the function because of another one.
func (a association) checkFree(behavior map[string]any, id string) error {
	for _, entry := range list(behavior, "LambdaFunctionAssociations") {
		if other, _ := entry.(map[string]any); other["EventType"] == a.EventType {
			return fmt.Errorf("distribution %s already runs a function for %s events of the cache behavior %s, and "+
				"CloudFront allows only one: remove one of the two", id, a.EventType, a.place())
		}
	}
	for _, entry := range list(behavior, "FunctionAssociations") {
		other, _ := entry.(map[string]any)
		kind, _ := other["EventType"].(string)
		if kind == a.EventType || a.ofViewer() && strings.HasPrefix(kind, "viewer-") {
			return fmt.Errorf("distribution %s runs a CloudFront Function for %s events of the cache behavior %s, "+
				"which cannot be combined with Lambda@Edge in viewer events: use origin-request or origin-response, "+
				"or remove that function", id, kind, a.place())
		}
	}
	return nil
}

func (a association) place() string {
	if a.PathPattern == "" {
		return "(default)"
	}
	return a.PathPattern
}

// dropRewrite removes the site's own function from a behavior: CloudFront does not combine it with Lambda@Edge.
func dropRewrite(behavior map[string]any) {
	left := slices.DeleteFunc(slices.Clone(list(behavior, "FunctionAssociations")), isRewrite)
	if len(left) == 0 {
		delete(behavior, "FunctionAssociations")
		return
	}
	behavior["FunctionAssociations"] = left
}

func isRewrite(entry any) bool {
	association, _ := entry.(map[string]any)
	return association["FunctionARN"] == site.Rewrite()["FunctionARN"]
}

// object is a property that is an object. It replaces structs, which hooks may use, by their JSON.
func object(properties map[string]any, name string) map[string]any {
	if _, isMap := properties[name].(map[string]any); !isMap && properties[name] != nil {
		properties[name] = arn.Generic(properties[name])
	}
	found, _ := properties[name].(map[string]any)
	return found
}

// list is a property that is a list of objects.
func list(properties map[string]any, name string) []any {
	if _, isList := properties[name].([]any); !isList && properties[name] != nil {
		properties[name] = arn.Generic(properties[name])
	}
	found, _ := properties[name].([]any)
	return found
}

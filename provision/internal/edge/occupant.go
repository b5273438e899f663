package edge

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/provision/internal/show"
)

// Occupant is a function that a cache behavior runs for a type of events.
type Occupant struct {
	EventType, ARN string
	OfCloudFront   bool // a CloudFront Function
}

// occupants are the functions of a cache behavior of the template.
func occupants(behavior map[string]any) []Occupant {
	var found []Occupant
	add := func(property, function string) {
		for _, entry := range list(behavior, property) {
			one, _ := entry.(map[string]any)
			event, _ := one["EventType"].(string)
			found = append(found, Occupant{event, show.Expression(one[function]), property == ofCloudFront})
		}
	}
	add(ofLambda, "LambdaFunctionARN")
	add(ofCloudFront, "FunctionARN")
	return found
}

// CheckFree returns an error if CloudFront would not run the function because of others in its place.
func (a Association) CheckFree(distribution string, others []Occupant) error {
	for _, other := range others {
		if other.EventType != a.EventType && !(other.OfCloudFront && other.ofViewer() && a.ofViewer()) {
			continue
		}
		if other.OfCloudFront {
			return fmt.Errorf("distribution %s runs the CloudFront Function %s for %s events of the cache behavior "+
				"%s, which cannot be combined with Lambda@Edge in %s events: use origin-request or origin-response, "+
				"or remove that function", distribution, other.ARN, other.EventType, a.behaviorName(), a.EventType)
		}
		return fmt.Errorf("distribution %s already runs %s for %s events of the cache behavior %s, and CloudFront "+
			"allows only one function: remove one of the two", distribution, other.ARN, a.EventType,
			a.behaviorName())
	}
	return nil
}

// isTaken reports whether another function of the service runs in the association's place of the same distribution.
func (a Association) isTaken(other Association) bool {
	return other.EventType == a.EventType && other.Pattern() == a.Pattern()
}

func (a Association) takenError(other Association) error {
	return fmt.Errorf("function %s already runs for %s events of the cache behavior %s of the distribution, and "+
		"CloudFront allows only one: remove one of the two", other.Function.Name, a.EventType, a.behaviorName())
}

func (o Occupant) ofViewer() bool { return strings.HasPrefix(o.EventType, "viewer-") }

func (a Association) ofViewer() bool { return strings.HasPrefix(a.EventType, "viewer-") }

// behaviorName names the association's cache behavior.
func (a Association) behaviorName() string {
	if a.PathPattern == "" {
		return "(default)"
	}
	return a.PathPattern
}

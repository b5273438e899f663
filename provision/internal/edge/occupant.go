package edge

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/provision/internal/show"
)

// occupant is a function that a cache behavior runs for a type of events.
type occupant struct {
	eventType, function string
	ofCloudFront        bool // a CloudFront Function
}

// occupants are the functions of a cache behavior of the template.
func occupants(behavior map[string]any) []occupant {
	var found []occupant
	add := func(property, function string) {
		for _, entry := range list(behavior, property) {
			one, _ := entry.(map[string]any)
			event, _ := one["EventType"].(string)
			found = append(found, occupant{event, show.Expression(one[function]), property == ofCloudFront})
		}
	}
	add(ofLambda, "LambdaFunctionARN")
	add(ofCloudFront, "FunctionARN")
	return found
}

// checkFree returns an error if CloudFront would not run the function because of others in its place.
func (a association) checkFree(distribution string, others []occupant) error {
	for _, other := range others {
		if other.eventType != a.EventType && !(other.ofCloudFront && other.ofViewer() && a.ofViewer()) {
			continue
		}
		if other.ofCloudFront {
			return fmt.Errorf("distribution %s runs the CloudFront Function %s for %s events of the cache behavior "+
				"%s, which cannot be combined with Lambda@Edge in %s events: use origin-request or origin-response, "+
				"or remove that function", distribution, other.function, other.eventType, a.behaviorName(), a.EventType)
		}
		return fmt.Errorf("distribution %s already runs %s for %s events of the cache behavior %s, and CloudFront "+
			"allows only one function: remove one of the two", distribution, other.function, a.EventType,
			a.behaviorName())
	}
	return nil
}

// isTaken reports whether another function of the service runs in the association's place of the same distribution.
func (a association) isTaken(other association) bool {
	return other.EventType == a.EventType && other.Pattern() == a.Pattern()
}

func (a association) takenError(other association) error {
	return fmt.Errorf("function %s already runs for %s events of the cache behavior %s of the distribution, and "+
		"CloudFront allows only one: remove one of the two", other.function.Name, a.EventType, a.behaviorName())
}

func (o occupant) ofViewer() bool { return strings.HasPrefix(o.eventType, "viewer-") }

func (a association) ofViewer() bool { return strings.HasPrefix(a.EventType, "viewer-") }

// behaviorName names the association's cache behavior.
func (a association) behaviorName() string {
	if a.PathPattern == "" {
		return "(default)"
	}
	return a.PathPattern
}

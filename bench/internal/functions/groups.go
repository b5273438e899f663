// Package functions measures functions: how they start, and how they answer.
package functions

import "github.com/go-sparta/sparta/bench/internal/session"

// Groups lists what can be measured of functions.
func Groups() []session.Group {
	return []session.Group{
		{Name: "cold", Run: Cold},
		{Name: "parts", Run: Parts},
		{Name: "footprint", Run: Footprint},
		{Name: "snapstart", Run: SnapStart},
		{Name: "warm", Run: Warm},
		{Name: "edge", Run: Edge},
		{Name: "events", Run: Events},
		{Name: "work", Run: Work},
		{Name: "mixed", Run: Mixed},
		{Name: "throughput", Run: Throughput},
		{Name: "soak", Run: Soak},
		{Name: "ci", Run: CI, Named: true},
	}
}

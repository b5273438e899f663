// Package tools measures what developers wait for: builds, targets, and explore.
package tools

import "github.com/go-sparta/sparta/bench/internal/session"

// Groups lists what can be measured of the tools.
func Groups() []session.Group {
	return []session.Group{
		{Name: "build", Run: Build},
		{Name: "reload", Run: Reload},
		{Name: "start", Run: Start},
		{Name: "invoke", Run: Invoke},
		{Name: "bytes", Run: Bytes},
		{Name: "explore", Run: Explore},
		{Name: "new", Run: New},
	}
}

// Package moduleversion reports which version of this module a program is built with.
package moduleversion

import (
	"cmp"
	"runtime/debug"
)

const modulePath = "github.com/go-sparta/sparta"

// Unreleased is what Go itself calls a module without a version.
const Unreleased = "(devel)"

// Current returns the version in the running program, or (devel) if it has none.
func Current() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Unreleased
	}
	return Of(info)
}

// Of returns the version in a program's build information. A folder that replaces the module has none.
func Of(info *debug.BuildInfo) string {
	if info.Main.Path == modulePath {
		return cmp.Or(info.Main.Version, Unreleased)
	}
	for _, module := range info.Deps {
		if module.Path != modulePath {
			continue
		}
		if module.Replace != nil {
			module = module.Replace
		}
		return cmp.Or(module.Version, Unreleased)
	}
	return Unreleased
}

// Package moduleversion reports which version of this module a program is built with.
package moduleversion

import (
	"cmp"
	"runtime/debug"
)

const modulePath = "github.com/go-sparta/sparta"

// Unreleased is what Go itself calls a module without a version.
const Unreleased = "(devel)"

// release is set by the linker in programs that are built in the module's own folder, for which Go records no version.
var release string

// LinkerFlag returns the linker's flag with which Current returns the version.
func LinkerFlag(version string) string {
	return "-X=" + modulePath + "/internal/moduleversion.release=" + version
}

// Current returns the version in the running program, or (devel) if it has none.
func Current() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Unreleased
	}
	return Of(info)
}

// Of returns the version in a program's build information, or (devel) if a folder replaces the module.
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

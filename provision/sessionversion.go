package provision

import (
	"cmp"
	"runtime/debug"
)

// moduleVersion is this module's version in the running program, as the user
// agent of AWS requests has it.
func moduleVersion() string {
	const modulePath, unreleased = "github.com/go-sparta/sparta", "devel"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return unreleased
	}
	for _, module := range info.Deps {
		if module.Path != modulePath {
			continue
		}
		if module.Replace != nil {
			module = module.Replace
		}
		return cmp.Or(module.Version, unreleased)
	}
	return unreleased
}

package gosource

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// ReportRaised returns a message about the versions in the application's go.mod that this module's requirements may
// have raised, or nothing. The files are the application's go.mod and this module's, which may not be on this machine.
func (a *Application) ReportRaised(goMod, ownGoMod string) string {
	content, err := os.ReadFile(goMod)
	if err != nil {
		return ""
	}
	own, err := os.ReadFile(ownGoMod)
	if err != nil {
		return ""
	}
	found := a.Raised(string(content), string(own))
	if len(found) == 0 {
		return ""
	}
	return fmt.Sprintf("The library has %s: go.mod requires %s, which requires at least these versions; "+
		"to keep the application's own versions, move the magefile to a module of its own",
		strings.Join(found, ", "), ModulePath)
}

// Raised lists the go line and the dependencies that the application has in exactly the version that this
// module requires, perhaps because go.mod requires this module. The list is empty for an application that has
// to require it.
func (a *Application) Raised(goMod, ownGoMod string) []string {
	line, required := requirements(goMod)
	if a.Find(CgoPath) != nil || required[ModulePath] == "" {
		return nil
	}
	var found []string
	ownLine, ownRequired := requirements(ownGoMod)
	if ownLine != "" && ownLine == line {
		found = append(found, "go "+line)
	}
	for _, p := range a.Packages {
		if p.Module == nil || p.Module.Main || p.Module.Replace != nil {
			continue
		}
		if version := ownRequired[p.Module.Path]; version != "" && version == p.Module.Version {
			found = append(found, p.Module.Path+" "+p.Module.Version)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// requirements returns the version of Go and those of the modules that a go.mod requires.
func requirements(goMod string) (goVersion string, versions map[string]string) {
	versions = map[string]string{}
	for line := range strings.Lines(goMod) {
		words := strings.Fields(line)
		if len(words) > 0 && words[0] == "require" {
			words = words[1:]
		}
		switch {
		case len(words) < 2:
		case words[0] == "go":
			goVersion = words[1]
		case strings.HasPrefix(words[1], "v"):
			versions[words[0]] = words[1]
		}
	}
	return goVersion, versions
}

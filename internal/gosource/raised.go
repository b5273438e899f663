package gosource

import (
	"regexp"
	"slices"
)

// Raised lists the go line and the dependencies that the application has in exactly the version that this
// module requires, perhaps because go.mod requires this module. The list is empty for an application that has
// to require it.
func (a *Application) Raised(goMod, ownGoMod string) []string {
	if a.Find(CgoPath) != nil || !requirement(ModulePath).MatchString(goMod) {
		return nil
	}
	var found []string
	if own := goLine.FindString(ownGoMod); own != "" && own == goLine.FindString(goMod) {
		found = append(found, own)
	}
	for _, p := range a.Packages {
		if p.Module == nil || p.Module.Main || p.Module.Replace != nil {
			continue
		}
		words := requirement(p.Module.Path).FindStringSubmatch(ownGoMod)
		if words != nil && words[1] == p.Module.Version {
			found = append(found, p.Module.Path+" "+p.Module.Version)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

var goLine = regexp.MustCompile(`(?m)^go [0-9]\S*`)

// requirement matches a line of go.mod that requires a module; its group is the version.
func requirement(path string) *regexp.Regexp {
	return regexp.MustCompile(`(?m)^(?:require)?[ \t]+` + regexp.QuoteMeta(path) + `[ \t]+(v\S+)`)
}

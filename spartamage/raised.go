package spartamage

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// raised lists what the application has at the very version that this module asks for, and so perhaps
// because of it: the go line and dependencies, where go.mod requires this module. Nothing is listed of
// an application that has to require it.
func (a *application) raised(goMod, ownGoMod string) []string {
	if a.find(cgoPath) != nil || !requirement(modulePath).MatchString(goMod) {
		return nil
	}
	var found []string
	if own := goLine.FindString(ownGoMod); own != "" && own == goLine.FindString(goMod) {
		found = append(found, own)
	}
	for _, p := range a.packages {
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

// sayRaised names what the requirement of this module may have raised in the application's.
func (b *builder) sayRaised() {
	goMod, err := os.ReadFile(b.env.GOMOD)
	if err != nil {
		return
	}
	ownGoMod, err := os.ReadFile(filepath.Join(compiledFrom(), "go.mod"))
	if err != nil {
		return // where the targets came from is not on this machine
	}
	if found := b.app.raised(string(goMod), string(ownGoMod)); len(found) > 0 {
		b.log.Infof("The library has %s: at least that is what %s asks for, which go.mod requires; a magefile in a module of its own leaves it to you",
			strings.Join(found, ", "), modulePath)
	}
}

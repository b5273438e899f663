package gosource

import (
	"go/build/constraint"
	"strings"
)

// OnlyForMage reports whether the build constraint of a Go file holds with the tag mage and not without it.
func OnlyForMage(content string) bool {
	for line := range strings.Lines(content) {
		if strings.HasPrefix(line, "package ") {
			return false
		}
		line = strings.TrimSpace(line)
		if !constraint.IsGoBuild(line) && !constraint.IsPlusBuild(line) {
			continue
		}
		expression, err := constraint.Parse(line)
		return err == nil && expression.Eval(func(tag string) bool { return tag == "mage" }) &&
			!expression.Eval(func(string) bool { return false })
	}
	return false
}

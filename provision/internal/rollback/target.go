package rollback

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/provision/internal/versions"
)

var versionPattern = regexp.MustCompile(`^[1-9][0-9]{0,17}$`)

// target chooses the version to go to: the given one, or else the newest that the stack has published before the one
// that the alias refers to now.
func target(function, now, given string, published []versions.Version) (string, error) {
	var before, all []string
	for _, version := range published { // the newest first
		all = append(all, version.String())
		if version.Ours && older(version.String(), now) {
			before = append(before, version.String())
		}
	}
	slices.Reverse(all)
	existing := "it has no versions"
	if len(all) > 0 {
		existing = "it has " + strings.Join(all, ", ")
	}
	switch {
	case given != "" && !slices.Contains(all, given):
		return "", fmt.Errorf("version %s of %s does not exist: %s", given, function, existing)
	case given != "":
		return given, nil
	case len(before) == 0:
		return "", fmt.Errorf("%s has no version before %s that this stack has published, and still exists: %s; "+
			"to go to one of these, use -version (versions of a function with SnapStart do not stay)",
			function, now, existing)
	}
	return before[0], nil
}

// older reports whether a version was published before another one, which may be $LATEST.
func older(version, other string) bool {
	if !versionPattern.MatchString(other) {
		return true
	}
	return len(version) < len(other) || len(version) == len(other) && version < other
}

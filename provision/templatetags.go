package provision

import (
	"fmt"
	"maps"
	"strings"

	"github.com/go-sparta/sparta/internal/moduleversion"
	"github.com/go-sparta/sparta/sparta"
)

// tagPrefix is that of the tags that tell what made a stack.
const tagPrefix = "io:gosparta:"

// stackTags are the tags of a stack and all its resources: Sparta's own and the
// user's, who has the last word, but for whose stack it is.
func stackTags(pkg Package, options Options, application string) (map[string]string, error) {
	if _, taken := options.Tags[applicationTag]; taken {
		return nil, fmt.Errorf("tag the stack: %s cannot be given: it says whose stack it is, and is set to %s", applicationTag, application)
	}
	buildID := options.BuildID
	if buildID == "" {
		buildID = pkg.SHA256[:min(len(pkg.SHA256), 12)]
	}
	tags := map[string]string{
		homeTag:               "https://github.com/go-sparta/sparta",
		applicationTag:        application,
		tagPrefix + "version": strings.Trim(moduleversion.Current(), "()"),
		tagPrefix + "buildId": buildID,
	}
	maps.Copy(tags, options.Tags)
	if err := sparta.ValidateTags(tags); err != nil {
		return nil, fmt.Errorf("tag the stack: %w", err)
	}
	return tags, nil
}

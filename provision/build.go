package provision

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/moduleversion"
)

var buildIDPattern = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$`)

// buildID identifies the build that a deployment is made from, by default with the content of its package.
func buildID(pkg Package, options Options) (string, error) {
	id := options.BuildID
	if id == "" {
		return pkg.SHA256[:min(len(pkg.SHA256), 12)], nil
	}
	if !buildIDPattern.MatchString(id) {
		return "", fmt.Errorf("build ID %q is invalid: use up to 256 letters, digits, spaces and _.:/=+-@", id)
	}
	return id, nil
}

// buildMetadata is the key of the template's metadata that says what the template was made from.
const buildMetadata = "io:gosparta"

// markBuild adds the build to the template's metadata, where a change of it modifies no resource.
func markBuild(template *cloudformation.Template, id string) {
	if template.Metadata == nil {
		template.Metadata = map[string]any{}
	}
	template.Metadata[buildMetadata] = map[string]any{
		"buildId": id,
		"version": strings.Trim(moduleversion.Current(), "()"),
	}
}

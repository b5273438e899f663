// Package pythonlayer describes the layer that holds a service's Python packages.
package pythonlayer

import (
	"errors"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/elfcheck"
)

// LogicalID is that of the layer's version. Its properties change with the packages only, so CloudFormation replaces it
// exactly then. It deletes the old version after the functions have the new one. Published versions of functions keep
// the one that they have.
const LogicalID = "PythonPackagesLayer"

// Layer is a layer in S3.
type Layer struct {
	Bucket any    // an expression
	Key    string // contains the content's hash
	Python string // Lambda's name of the runtime: python3.13
	GOARCH string // amd64 or arm64
}

// AddTo adds the layer to a template.
func (l Layer) AddTo(template *cloudformation.Template) {
	template.Resources[LogicalID] = &cloudformation.Resource{
		Type: "AWS::Lambda::LayerVersion",
		Properties: map[string]any{
			"LayerName":               cloudformation.Sub("${AWS::StackName}-python"),
			"Description":             "Python packages of the functions",
			"CompatibleRuntimes":      []string{l.Python},
			"CompatibleArchitectures": []string{elfcheck.Architecture(l.GOARCH)},
			"Content":                 map[string]any{"S3Bucket": l.Bucket, "S3Key": l.Key},
		},
	}
}

// With returns a function's own layers and this one, whose files are used if another layer has the same ones. Without
// a key, there is no such layer.
func With(own []any, key string) []any {
	if key == "" {
		return own
	}
	return append(slices.Clip(own), cloudformation.Ref(LogicalID))
}

// Permissions are the actions that deploying the layer requires.
func Permissions() []string {
	return []string{
		"lambda:PublishLayerVersion", "lambda:GetLayerVersion", "lambda:DeleteLayerVersion", "lambda:ListLayerVersions",
	}
}

// maxLayers is the number of layers that a function can have.
const maxLayers = 5

// Check returns an error if a function with layers of its own cannot have this one, too.
func Check(key string, own int, edge bool) error {
	switch {
	case key == "":
	case edge:
		return errors.New("Lambda@Edge does not allow layers: clear SPARTA_REQUIREMENTS_LAYER, so that the " +
			"packages are in the zip, or clear Edge")
	case own >= maxLayers:
		return errors.New("the function has 5 layers, and the one with the Python packages is too many: remove one, " +
			"or clear SPARTA_REQUIREMENTS_LAYER")
	}
	return nil
}

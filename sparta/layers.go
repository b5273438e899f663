package sparta

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
)

// maxLayers is the number of layers that a function can have.
const maxLayers = 5

var layerPattern = pattern(`^(arn:[a-z-]+:lambda:[a-z0-9-]*:[0-9]*:[a-z]*layer:[A-Za-z0-9_-]+)(:[0-9]+)?$`)

func (o *LambdaFunctionOptions) layerProblems() []error {
	var errs []error
	report := func(format string, values ...any) { errs = append(errs, fmt.Errorf(format, values...)) }
	if len(o.Layers) > maxLayers {
		report("%d layers are too many: use up to %d", len(o.Layers), maxLayers)
	}
	used := map[string]int{}
	for i, layer := range o.Layers {
		if !expression.Is(layer) {
			report("layer %d is of type %T: use the ARN of a layer's version or a CloudFormation intrinsic", i+1, layer)
			continue
		}
		name := ""
		if arn, isText := expression.Text(layer); !isText {
			encoded, _ := json.Marshal(layer)
			name = string(encoded)
		} else if parts := layerPattern().FindStringSubmatch(arn); parts != nil {
			name = parts[1]
			if parts[2] == "" {
				report("layer %s is without a version: append one, for example :1", arn)
			}
		} else if !strings.HasPrefix(arn, "{{resolve:") {
			report("layer %q is not the ARN of a layer's version: use for example "+
				"arn:aws:lambda:eu-west-1:123456789012:layer:tools:1", arn)
			continue
		}
		if first := used[name]; first > 0 && name != "" {
			report("layers %d and %d are the same layer: use one version of it", first, i+1)
		}
		used[name] = i + 1
	}
	return errs
}

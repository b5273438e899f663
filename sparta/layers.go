package sparta

import (
	"fmt"
	"slices"
)

// maxLayers is the number of layers that a function can have.
const maxLayers = 5

func (o *LambdaFunctionOptions) layerProblems() []error {
	var errs []error
	if len(o.Layers) > maxLayers {
		errs = append(errs, fmt.Errorf("%d layers are too many: use up to %d", len(o.Layers), maxLayers))
	}
	if i := slices.IndexFunc(o.Layers, func(layer any) bool { return !isExpression(layer) }); i >= 0 {
		errs = append(errs, fmt.Errorf("layer %d is of type %T: "+
			"use the ARN of a layer's version or a CloudFormation intrinsic", i+1, o.Layers[i]))
	}
	return errs
}

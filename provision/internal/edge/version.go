package edge

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// versionPattern matches the ARNs that CloudFront accepts.
var versionPattern = regexp.MustCompile(`^arn:[a-z-]+:lambda:us-east-1:[0-9]{12}:function:[A-Za-z0-9_-]+:[0-9]+$`)

// checkVersions returns an error for each function in a distribution of a hook that is certainly not a numbered version
// of a function in us-east-1.
func checkVersions(template *cloudformation.Template) []error {
	var errs []error
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		resource := template.Resources[id]
		if resource == nil || resource.Type != distributionType {
			continue
		}
		configuration, _ := arn.Generic(resource.Properties["DistributionConfig"]).(map[string]any)
		for _, entry := range append(list(configuration, "CacheBehaviors"), configuration["DefaultCacheBehavior"]) {
			behavior, _ := entry.(map[string]any)
			for _, entry := range list(behavior, ofLambda) {
				one, _ := entry.(map[string]any)
				if function := one["LambdaFunctionARN"]; !mayBeVersion(template, function) {
					errs = append(errs, fmt.Errorf("distribution %s runs %s, but CloudFront runs only numbered "+
						"versions of functions in us-east-1: use EdgeAssociations of the function, or the Ref of its "+
						"AWS::Lambda::Version", id, show.Expression(function)))
				}
			}
		}
	}
	return errs
}

// mayBeVersion reports whether a value may be the ARN of a version. It is one that only AWS knows, or has its form.
func mayBeVersion(template *cloudformation.Template, value any) bool {
	if text, isText := value.(string); isText {
		return versionPattern.MatchString(text)
	}
	ids, err := cloudformation.References(value)
	if err != nil || len(ids) != 1 || template.Resources[ids[0]] == nil {
		return true // rendering the template reports errors
	}
	kind := template.Resources[ids[0]].Type
	return arn.Attribute(value) == "" || kind != "AWS::Lambda::Function" && kind != "AWS::Lambda::Alias"
}

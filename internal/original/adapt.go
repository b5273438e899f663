package original

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
)

// Target is what the functions of a template run on.
type Target struct {
	Python       string // Lambda's name of the runtime
	Architecture string // Lambda's name of it
	Bucket, Key  any    // of the package: text, or references to parameters
	SiteKey      string // of the archive of the site; empty if there is none
	Service      string // its name
	Live         map[string]string
}

// Adapt changes a template into one that Lambda accepts: the runtime, the handler, the package and the architecture of
// each function. Logical IDs stay, so that stacks are updated in place. It returns notes about what else was changed.
func Adapt(template *cloudformation.Template, target Target) (notes []string, err error) {
	if err := check(template, target.Live); err != nil {
		return nil, err
	}
	functions := Functions(template)
	replaced := map[string]any{PlaceholderBucket: target.Bucket}
	if key := packageKey(template); key != "" {
		replaced[key] = target.Key
	}
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		resource := template.Resources[id]
		switch {
		case isGo(resource):
			resource.Properties["Code"] = map[string]any{"S3Bucket": target.Bucket, "S3Key": target.Key}
			resource.Properties["Runtime"] = target.Python
			resource.Properties["Handler"] = handler
			resource.Properties["Architectures"] = []any{target.Architecture}
		case isSiteBuilder(id, resource):
			if key, ok := resource.Properties["SrcKeyName"].(string); ok && target.SiteKey != "" {
				replaced[key] = target.SiteKey
			}
		}
	}
	for _, resource := range template.Resources {
		resource.Properties, _ = replace(resource.Properties, replaced).(map[string]any)
	}
	order(template)
	keepSiteBuilder(template, target)
	redeploy(template, target)
	redeployV2(template)
	republish(template, functions)
	addLogGroups(template, functions, target.Live)
	return openSiteBuckets(template), nil
}

// handler is the Handler of all functions: the program decides by the function's name which one it runs.
const handler = "index.handler"

// replace returns a value in which texts are replaced: the package's key by another, the placeholder of the bucket by
// the bucket, also where a hook has made it part of an ARN.
func replace(value any, replaced map[string]any) any {
	switch value := value.(type) {
	case string:
		if other, ok := replaced[value]; ok {
			return other
		}
		if strings.Contains(value, PlaceholderBucket) {
			return insertBucket(value, replaced[PlaceholderBucket])
		}
	case map[string]any:
		for key, part := range value {
			value[key] = replace(part, replaced)
		}
	case []any:
		for i, part := range value {
			value[i] = replace(part, replaced)
		}
	}
	return value
}

// insertBucket replaces the placeholder in a text by the bucket: text, or a reference to a parameter.
func insertBucket(text string, bucket any) any {
	if name, ok := bucket.(string); ok {
		return strings.ReplaceAll(text, PlaceholderBucket, name)
	}
	var parts []any
	for i, part := range strings.Split(text, PlaceholderBucket) {
		if i > 0 {
			parts = append(parts, bucket)
		}
		parts = append(parts, part)
	}
	return map[string]any{"Fn::Join": []any{"", parts}}
}

// check returns an error about what AWS no longer offers. The live resources are nil if they are not known.
func check(template *cloudformation.Template, live map[string]string) error {
	var errs []error
	key := packageKey(template)
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		resource := template.Resources[id]
		runtime, _ := resource.Properties["Runtime"].(string)
		switch {
		case slices.Contains(endedTypes(), resource.Type):
			errs = append(errs, fmt.Errorf("resource %s is of type %s, whose service AWS has shut down: remove it "+
				"from the hook or decorator that adds it", id, resource.Type))
		case resource.Type != functionType:
		case isGo(resource) && keyOf(resource) != key:
			errs = append(errs, fmt.Errorf("resource %s has the runtime %s and a package of its own, which Lambda no "+
				"longer runs: use provided.al2023 in the hook or decorator that adds it", id, runtime))
		case slices.Contains(endedRuntimes(), runtime):
			errs = append(errs, fmt.Errorf("resource %s has the runtime %s, with which Lambda neither creates nor "+
				"updates functions: use a newer one in the hook or decorator that adds it", id, runtime))
		case live != nil && live[id] != functionType && slices.Contains(endingRuntimes(), runtime):
			errs = append(errs, fmt.Errorf("resource %s has the runtime %s, with which Lambda creates no functions: "+
				"use a newer one in the hook or decorator that adds it", id, runtime))
		}
	}
	return errors.Join(errs...)
}

// endedRuntimes are those with which functions can no longer be updated: "Deprecated runtimes" of Lambda's developer
// guide, as of October 2026.
func endedRuntimes() []string {
	return strings.Fields("dotnetcore1.0 dotnetcore2.0 dotnetcore2.1 dotnetcore3.1 nodejs nodejs4.3 nodejs4.3-edge " +
		"nodejs6.10 nodejs8.10 nodejs10.x nodejs12.x python2.7 python3.6 ruby2.5")
}

// endingRuntimes are those with which functions can be updated but no longer created, according to the same list. With
// other deprecated runtimes, such as python3.9 and nodejs18.x, Lambda creates functions until July 2027.
func endingRuntimes() []string {
	return strings.Fields("java8 nodejs14.x provided python3.7 ruby2.7")
}

// endedTypes are resource types that Sparta's template library has and CloudFormation no longer has.
func endedTypes() []string {
	return []string{
		"AWS::IoT1Click::Device", "AWS::IoT1Click::Placement", "AWS::IoT1Click::Project", "AWS::OpsWorksCM::Server",
	}
}

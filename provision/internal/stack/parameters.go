package stack

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// Parameters declares the template's parameters and returns their values: a given one, or else the stack's, or else
// the template's default. Live is nil if there is no stack yet.
func Parameters(
	document *cloudformation.Template, given map[string]string, live *cfntypes.Stack,
) ([]cfntypes.Parameter, error) {
	kept := map[string]bool{}
	names := maps.Clone(given)
	if names == nil {
		names = map[string]string{}
	}
	if live != nil {
		for _, parameter := range live.Parameters {
			name := aws.ToString(parameter.ParameterKey)
			kept[name] = true
			if _, ok := given[name]; !ok && document.Resources[name] == nil && document.RefersTo(name) {
				names[name] = ""
			}
		}
	}
	if err := template.Declare(document, names); err != nil {
		return nil, err
	}
	var values []cfntypes.Parameter
	for _, name := range slices.Sorted(maps.Keys(document.Parameters)) {
		value := cfntypes.Parameter{ParameterKey: aws.String(name)}
		if text, ok := given[name]; ok {
			value.ParameterValue = aws.String(text)
		} else if name == template.SumsParameter || name == template.RollbacksParameter {
			value.ParameterValue = document.Parameters[name].Default
		} else if kept[name] {
			value.UsePreviousValue = aws.Bool(true)
		} else {
			continue
		}
		values = append(values, value)
	}
	missing := slices.DeleteFunc(template.MissingParameters(document, given), func(name string) bool {
		return kept[name]
	})
	if len(missing) > 0 {
		return nil, fmt.Errorf("parameters without a value or a default: %s: set a value for each",
			strings.Join(missing, ", "))
	}
	return values, nil
}

// Rollbacks are the aliases of a stack, which may be nil, that cgo:rollback has moved.
func Rollbacks(live *cfntypes.Stack) []template.Rollback {
	if live == nil {
		return nil
	}
	for _, parameter := range live.Parameters {
		if aws.ToString(parameter.ParameterKey) == template.RollbacksParameter {
			return template.ReadRollbacks(aws.ToString(parameter.ParameterValue))
		}
	}
	return nil
}

// masked is how CloudFormation shows the value of a secret parameter.
const masked = "****"

// ParameterSums identify the values of a stack's parameters, given or kept. Live is nil if there is no stack yet. The
// value of a parameter that names one of Systems Manager is the one of the last deployment.
func ParameterSums(name string, live *cfntypes.Stack, given map[string]string) map[string]string {
	sums := map[string]string{}
	for key, value := range given {
		sums[key] = template.Sum(name, key, value)
	}
	if live == nil {
		return sums
	}
	var known map[string]string
	for _, parameter := range live.Parameters {
		if aws.ToString(parameter.ParameterKey) == template.SumsParameter {
			known = template.ReadSums(aws.ToString(parameter.ParameterValue))
		}
	}
	for _, parameter := range live.Parameters {
		key, value := aws.ToString(parameter.ParameterKey), aws.ToString(parameter.ParameterValue)
		text, replaced := given[key]
		switch {
		case key == template.SumsParameter || replaced && (text != value || parameter.ResolvedValue == nil):
		case value == masked:
			sums[key] = known[key]
		default:
			sums[key] = template.Sum(name, key, aws.ToString(cmp.Or(parameter.ResolvedValue, parameter.ParameterValue)))
		}
	}
	return sums
}

// NewlyResolved lists the parameters for which Systems Manager had another value when the stack was deployed than when
// it was deployed before.
func NewlyResolved(before, after *cfntypes.Stack) []string {
	if before == nil {
		return nil
	}
	former := map[string]string{}
	for _, parameter := range before.Parameters {
		if parameter.ResolvedValue != nil {
			former[aws.ToString(parameter.ParameterKey)] = *parameter.ResolvedValue
		}
	}
	var names []string
	for _, parameter := range after.Parameters {
		name := aws.ToString(parameter.ParameterKey)
		if value, known := former[name]; known && value != aws.ToString(parameter.ResolvedValue) {
			names = append(names, name)
		}
	}
	return names
}

// CfnTags converts tags to those of CloudFormation, sorted by key.
func CfnTags(tags map[string]string) []cfntypes.Tag {
	var list []cfntypes.Tag
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, cfntypes.Tag{Key: aws.String(key), Value: aws.String(tags[key])})
	}
	return list
}

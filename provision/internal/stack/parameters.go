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

// ParameterSums identify the values of a stack's parameters, but of those that are given anew.
func ParameterSums(name string, live *cfntypes.Stack, given map[string]string) map[string]string {
	values, sums := map[string]string{}, map[string]string{}
	for _, parameter := range live.Parameters {
		values[aws.ToString(parameter.ParameterKey)] = aws.ToString(cmp.Or(
			parameter.ResolvedValue, parameter.ParameterValue))
	}
	known := template.ReadSums(values[template.SumsParameter])
	for key, value := range values {
		_, replaced := given[key]
		switch {
		case replaced || key == template.SumsParameter:
		case value == masked:
			sums[key] = known[key]
		default:
			sums[key] = template.Sum(name, key, value)
		}
	}
	return sums
}

// CfnTags converts tags to those of CloudFormation, sorted by key.
func CfnTags(tags map[string]string) []cfntypes.Tag {
	var list []cfntypes.Tag
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, cfntypes.Tag{Key: aws.String(key), Value: aws.String(tags[key])})
	}
	return list
}

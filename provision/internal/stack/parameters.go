//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package stack

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// Parameters declares and values a template's parameters: those given, else what
// the stack has already, else the template's defaults. There may be no stack yet.
func Parameters(document *cloudformation.Template, given map[string]string, live *cfn.Stack) ([]*cfn.Parameter, error) {
	kept := map[string]bool{}
	names := maps.Clone(given)
	if names == nil {
		names = map[string]string{}
	}
	if live != nil {
		for _, parameter := range live.Parameters {
			name := aws.StringValue(parameter.ParameterKey)
			kept[name] = true
			if _, ok := given[name]; !ok && document.Resources[name] == nil && document.RefersTo(name) {
				names[name] = ""
			}
		}
	}
	if err := template.Declare(document, names); err != nil {
		return nil, err
	}
	var values []*cfn.Parameter
	for _, name := range slices.Sorted(maps.Keys(document.Parameters)) {
		if value, ok := given[name]; ok {
			values = append(values, &cfn.Parameter{ParameterKey: aws.String(name), ParameterValue: aws.String(value)})
		} else if kept[name] {
			values = append(values, &cfn.Parameter{ParameterKey: aws.String(name), UsePreviousValue: aws.Bool(true)})
		}
	}
	missing := slices.DeleteFunc(template.MissingParameters(document, given), func(name string) bool { return kept[name] })
	if len(missing) > 0 {
		return nil, fmt.Errorf("parameters without a value or a default: %s: give each a value", strings.Join(missing, ", "))
	}
	return values, nil
}

func CfnTags(tags map[string]string) []*cfn.Tag {
	var list []*cfn.Tag
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, &cfn.Tag{Key: aws.String(key), Value: aws.String(tags[key])})
	}
	return list
}

package stack

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// What the stack records of itself is what the template says, and not what it was before.
func TestParametersOfThisModuleAreNotKept(t *testing.T) {
	for _, name := range []string{template.SumsParameter, template.RollbacksParameter} {
		document := cloudformation.NewTemplate("")
		value := "new"
		document.Parameters = map[string]cloudformation.Parameter{name: {Type: "String", Default: &value}}
		parameters, err := Parameters(document, nil, &cfntypes.Stack{Parameters: []cfntypes.Parameter{
			{ParameterKey: &name, ParameterValue: aws.String("old")},
		}})
		if err != nil || len(parameters) != 1 || aws.ToString(parameters[0].ParameterValue) != "new" ||
			aws.ToBool(parameters[0].UsePreviousValue) {
			t.Errorf("%s: %+v (error: %v)", name, parameters, err)
		}
	}
}

package rollback

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/internal/invocation"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// alias is an alias of a stack.
type alias struct {
	id       string // logical
	function string // its name in AWS
	name     string
}

func (a alias) String() string { return fmt.Sprintf("alias %s of %s", a.name, a.function) }

// choose finds the alias of a function by the function's name in the service. The name is not necessary if only one
// function has an alias.
func choose(resources []cfntypes.StackResourceSummary, functions []string, function string) (alias, error) {
	found := map[string]alias{}
	var names []string
	for _, name := range functions {
		physical := physicalID(resources, template.AliasLogicalID(name), template.AliasType)
		parts := strings.Split(physical, ":") // arn:aws:lambda:eu-west-1:123456789012:function:NAME:ALIAS
		if len(parts) != 8 {
			continue
		}
		found[name] = alias{id: template.AliasLogicalID(name), function: parts[6], name: parts[7]}
		names = append(names, name)
	}
	if len(names) == 0 {
		return alias{}, errors.New("no function in it has an alias, which a rollback moves: " +
			"set Alias in the function's options, and provision")
	}
	if function != "" && slices.Contains(functions, function) && found[function].id == "" {
		return alias{}, fmt.Errorf("function %s has no alias, which a rollback moves: "+
			"set Alias in its options, and provision", function)
	}
	i, err := invocation.Function(names, function, "--function")
	if err != nil {
		return alias{}, err
	}
	return found[names[i]], nil
}

// physicalID is the physical ID of a resource of the stack; empty if there is none.
func physicalID(resources []cfntypes.StackResourceSummary, id, kind string) string {
	for _, resource := range resources {
		if aws.ToString(resource.LogicalResourceId) == id && aws.ToString(resource.ResourceType) == kind &&
			resource.ResourceStatus != cfntypes.ResourceStatusDeleteComplete {
			return aws.ToString(resource.PhysicalResourceId)
		}
	}
	return ""
}

// now is the version that an alias refers to in Lambda.
func (r *Run) now(ctx context.Context, a alias) (string, error) {
	var answer *lambda.GetAliasOutput
	err := r.Call(ctx, "lambda:GetAlias", func(ctx context.Context) (err error) {
		answer, err = r.Lambda.GetAlias(ctx, &lambda.GetAliasInput{FunctionName: &a.function, Name: &a.name})
		return err
	})
	if connection.HasCode(err, "ResourceNotFoundException") {
		return "", fmt.Errorf("%s does not exist in Lambda, although the stack contains it: it was deleted outside "+
			"of the stack: create it again with `aws lambda create-alias`", a)
	}
	if err != nil {
		return "", fmt.Errorf("look up %s: %w", a, err)
	}
	return aws.ToString(answer.FunctionVersion), nil
}

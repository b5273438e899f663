package versions

import (
	"context"
	"fmt"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// API is the part of Lambda that this package needs.
type API interface {
	lambda.ListVersionsByFunctionAPIClient
	lambda.ListAliasesAPIClient
	lambda.ListProvisionedConcurrencyConfigsAPIClient
	lambda.ListEventSourceMappingsAPIClient
	GetPolicy(context.Context, *lambda.GetPolicyInput, ...func(*lambda.Options)) (*lambda.GetPolicyOutput, error)
	DeleteFunction(
		context.Context, *lambda.DeleteFunctionInput, ...func(*lambda.Options),
	) (*lambda.DeleteFunctionOutput, error)
}

// Distributions lists what CloudFront's distributions refer to: ARNs of versions.
type Distributions func(context.Context) ([]string, error)

// aliased lists the versions that a function's aliases refer to, as Lambda spells them.
func (p *Pruner) aliased(ctx context.Context, function string) (numbers []string, err error) {
	pages := lambda.NewListAliasesPaginator(p.API, &lambda.ListAliasesInput{FunctionName: &function})
	visit := func(page *lambda.ListAliasesOutput) {
		for _, alias := range page.Aliases {
			numbers = append(numbers, aws.ToString(alias.FunctionVersion))
			if alias.RoutingConfig == nil {
				continue
			}
			for number := range alias.RoutingConfig.AdditionalVersionWeights {
				numbers = append(numbers, number)
			}
		}
	}
	if err := connection.EachPage(ctx, p.Caller, "lambda:ListAliases", pages, visit); err != nil {
		return nil, fmt.Errorf("list the aliases of %s: %w", function, err)
	}
	return numbers, nil
}

// provisioned lists the versions, or aliases, of a function that have provisioned concurrency, by their ARNs.
func (p *Pruner) provisioned(ctx context.Context, function string) (arns []string, err error) {
	input := &lambda.ListProvisionedConcurrencyConfigsInput{FunctionName: &function}
	pages := lambda.NewListProvisionedConcurrencyConfigsPaginator(p.API, input)
	visit := func(page *lambda.ListProvisionedConcurrencyConfigsOutput) {
		for _, config := range page.ProvisionedConcurrencyConfigs {
			arns = append(arns, aws.ToString(config.FunctionArn))
		}
	}
	err = connection.EachPage(ctx, p.Caller, "lambda:ListProvisionedConcurrencyConfigs", pages, visit)
	if err != nil {
		return nil, fmt.Errorf("list the provisioned concurrency of %s: %w", function, err)
	}
	return arns, nil
}

// permits reports whether something was allowed to invoke a version: a topic, a rule, an API and so on, which are
// known only by that.
func (p *Pruner) permits(ctx context.Context, function string, version Version) (bool, error) {
	err := p.Call(ctx, "lambda:GetPolicy", func(ctx context.Context) error {
		_, err := p.API.GetPolicy(ctx, &lambda.GetPolicyInput{
			FunctionName: &function,
			Qualifier:    aws.String(version.String()),
		})
		return err
	})
	if connection.HasCode(err, "ResourceNotFoundException") {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read the policy of version %s of %s: %w", version, function, err)
	}
	return true, nil
}

// listMappings lists the functions, versions and aliases that have event source mappings, by their ARNs. Asked with a
// function's name, Lambda would leave out the mappings of its versions.
func (p *Pruner) listMappings(ctx context.Context) (arns []string, err error) {
	pages := lambda.NewListEventSourceMappingsPaginator(p.API, &lambda.ListEventSourceMappingsInput{})
	visit := func(page *lambda.ListEventSourceMappingsOutput) {
		for _, mapping := range page.EventSourceMappings {
			arns = append(arns, aws.ToString(mapping.FunctionArn))
		}
	}
	if err := connection.EachPage(ctx, p.Caller, "lambda:ListEventSourceMappings", pages, visit); err != nil {
		return nil, fmt.Errorf("list the event source mappings: %w", err)
	}
	return arns, nil
}

// once is a list that all functions have in common. It is read when it is needed first.
type once struct {
	do   sync.Once
	list []string
	err  error
}

func (o *once) get(ctx context.Context, read func(context.Context) ([]string, error)) ([]string, error) {
	o.do.Do(func() { o.list, o.err = read(ctx) })
	return o.list, o.err
}

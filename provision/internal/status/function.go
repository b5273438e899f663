package status

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// Function is the status of a function.
type Function struct {
	Name       string   `json:"name"`
	State      string   `json:"state"`                      // Lambda's, or "missing"
	Reason     string   `json:"reason,omitempty"`           // of a state or an update that is not a success
	LastUpdate string   `json:"lastUpdateStatus,omitempty"` // Lambda's: Successful, InProgress or Failed
	Versions   []string `json:"versions,omitempty"`
	Aliases    []string `json:"aliases,omitempty"`  // name=version
	Updated    string   `json:"updated,omitempty"`  // in the format of RFC 3339
	Size       int64    `json:"codeSize,omitempty"` // bytes
}

// state describes the function in a few words.
func (f Function) state() string {
	if f.LastUpdate == "" || f.LastUpdate == string(lambdatypes.LastUpdateStatusSuccessful) {
		return f.State
	}
	return f.State + ", update " + f.LastUpdate
}

// API is the part of Lambda that describes functions.
type API interface {
	lambda.GetFunctionConfigurationAPIClient
	lambda.ListAliasesAPIClient
	lambda.ListVersionsByFunctionAPIClient
}

// Describe looks up the status of a function by its name in AWS.
func Describe(ctx context.Context, caller connection.Caller, api API, name string) (Function, error) {
	function := Function{Name: name, State: "missing"}
	var configuration *lambda.GetFunctionConfigurationOutput
	err := caller.Call(ctx, "lambda:GetFunctionConfiguration", func(ctx context.Context) (err error) {
		input := &lambda.GetFunctionConfigurationInput{FunctionName: &name}
		configuration, err = api.GetFunctionConfiguration(ctx, input)
		return err
	})
	if connection.HasCode(err, "ResourceNotFoundException") {
		return function, nil
	}
	if err != nil {
		return function, fmt.Errorf("look up function %s: %w", name, err)
	}
	function.State, function.LastUpdate = string(configuration.State), string(configuration.LastUpdateStatus)
	function.Reason = cmp.Or(
		aws.ToString(configuration.StateReason), aws.ToString(configuration.LastUpdateStatusReason),
	)
	function.Updated, function.Size = timeOf(aws.ToString(configuration.LastModified)), configuration.CodeSize
	if function.Versions, err = versions(ctx, caller, api, name); err != nil {
		return function, fmt.Errorf("list the versions of %s: %w", name, err)
	}
	if function.Aliases, err = aliases(ctx, caller, api, name); err != nil {
		return function, fmt.Errorf("list the aliases of %s: %w", name, err)
	}
	return function, nil
}

func versions(ctx context.Context, caller connection.Caller, api API, name string) ([]string, error) {
	var versions []string
	pages := lambda.NewListVersionsByFunctionPaginator(api, &lambda.ListVersionsByFunctionInput{FunctionName: &name})
	visit := func(page *lambda.ListVersionsByFunctionOutput) {
		for _, version := range page.Versions {
			if number := aws.ToString(version.Version); number != "$LATEST" {
				versions = append(versions, number)
			}
		}
	}
	err := connection.EachPage(ctx, caller, "lambda:ListVersionsByFunction", pages, visit)
	return versions, err
}

func aliases(ctx context.Context, caller connection.Caller, api API, name string) ([]string, error) {
	var aliases []string
	pages := lambda.NewListAliasesPaginator(api, &lambda.ListAliasesInput{FunctionName: &name})
	visit := func(page *lambda.ListAliasesOutput) {
		for _, alias := range page.Aliases {
			aliases = append(aliases, aws.ToString(alias.Name)+"="+aws.ToString(alias.FunctionVersion))
		}
	}
	err := connection.EachPage(ctx, caller, "lambda:ListAliases", pages, visit)
	return aliases, err
}

// timeOf converts Lambda's format of times, 2026-01-31T12:00:00.000+0000, to that of other services. A text that is not
// a time stays as it is.
func timeOf(modified string) string {
	for _, layout := range []string{"2006-01-02T15:04:05.999999999-0700", time.RFC3339Nano} {
		if at, err := time.Parse(layout, modified); err == nil {
			return at.UTC().Format(time.RFC3339)
		}
	}
	return modified
}

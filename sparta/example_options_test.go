package sparta_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// order is a handler for the examples of options.
func order(context.Context, json.RawMessage) error { return nil }

// show validates a service of one function with the options.
func show(options *sparta.LambdaFunctionOptions) {
	function := sparta.HandleAWSLambda("Order", order, sparta.IAMRoleDefinition{})
	function.Options = options
	service, err := sparta.NewServiceDescription("Shop", "", []*sparta.LambdaAWSInfo{function}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	f := service.Functions[0]
	fmt.Printf("%s: %d MB, %d s, variables %v, alias %q\n",
		f.Handler, f.MemorySize, f.Timeout, f.EnvironmentNames, f.Alias)
}

// Environment accepts strings and intrinsics, whose values are known only in the stack.
func ExampleLambdaFunctionOptions() {
	show(&sparta.LambdaFunctionOptions{
		MemorySize:  512,
		Timeout:     30,
		Environment: map[string]any{"STAGE": "test", "TABLE": cloudformation.Ref("Orders")},
		Tags:        map[string]string{"team": "shop"},
	})
	// Output: index.Order: 512 MB, 30 s, variables [STAGE TABLE], alias ""
}

// A setting that Lambda would refuse is reported before anything is deployed.
func ExampleLambdaFunctionOptions_invalid() {
	show(&sparta.LambdaFunctionOptions{Timeout: 901, Alias: "12"})
	// Output:
	// function 1 (Order): timeout of 901 seconds is out of range: use 1 to 900, or 0 for 3
	// function 1 (Order): alias "12" is invalid: use 1 to 128 letters, digits, - and _, but not only digits
}

// SnapStart needs published versions. Callers of the function call its alias.
func ExampleLambdaFunctionSnapStart() {
	show(&sparta.LambdaFunctionOptions{SnapStart: &sparta.LambdaFunctionSnapStart{ApplyOn: "PublishedVersions"}})
	// Output: index.Order: 128 MB, 3 s, variables [], alias "live"
}

func ExampleLambdaFunctionVPCConfig() {
	show(&sparta.LambdaFunctionOptions{VpcConfig: &sparta.LambdaFunctionVPCConfig{
		SecurityGroupIDs: []any{"sg-0123456789abcdef0"},
		SubnetIDs:        []any{cloudformation.Ref("SubnetA"), cloudformation.Ref("SubnetB")},
	}})
	// Output: index.Order: 128 MB, 3 s, variables [], alias ""
}

func ExampleLambdaFunctionURL() {
	show(&sparta.LambdaFunctionOptions{FunctionURL: &sparta.LambdaFunctionURL{
		AuthType: "NONE",
		Cors: &sparta.LambdaFunctionURLCors{
			AllowOrigins: []string{"https://shop.example.com"},
			AllowMethods: []string{"GET"},
		},
	}})
	// Output: index.Order: 128 MB, 3 s, variables [], alias ""
}

func ExampleValidateTags() {
	fmt.Println(sparta.ValidateTags(map[string]string{"aws:owner": "me"}))
	// Output: tag aws:owner is reserved for AWS: choose a name that does not begin with aws:
}

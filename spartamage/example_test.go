package spartamage_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// A target of a magefile builds and reports the result. SPARTA_* variables still take precedence.
func ExampleBuild() {
	Package := func(ctx context.Context) error {
		artifact, err := spartamage.Build(ctx, spartamage.BuildOptions{
			Package: "./cmd/orders",
			GOARCH:  "arm64",
			Python:  "python3.13",
			Include: []string{"conf/production.json=conf.json"},
		})
		if err != nil {
			return err
		}
		fmt.Println(artifact.Zip, artifact.Size)
		return nil
	}
	if err := Package(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// An error of the function differs from one of the build.
func ExampleInvoke() {
	var response strings.Builder
	err := spartamage.Invoke(context.Background(), spartamage.InvokeOptions{
		Function: "Order",
		Event:    `{"id": 1}`,
		Timeout:  10 * time.Second,
		Env:      []string{"STAGE=test"},
		Stdout:   &response,
	})
	switch {
	case errors.Is(err, spartamage.ErrFunction):
		fmt.Println("the function failed; standard error has its error document")
	case err != nil:
		fmt.Println("the function did not run:", err)
	default:
		fmt.Println(response.String())
	}
}

// A plain aws-lambda-go application is described where it is deployed.
func ExampleProvision() {
	err := spartamage.Provision(context.Background(), spartamage.ProvisionOptions{
		NoOp: true, // shows what would change
		Wait: 20 * time.Minute,
		Service: spartamage.Service{
			Name:       "Shop",
			MemorySize: 256,
			Privileges: []sparta.IAMRolePrivilege{{Actions: []string{"dynamodb:PutItem"}, Resource: "*"}},
			Options:    sparta.LambdaFunctionOptions{Environment: map[string]any{"STAGE": "test"}},
			// A queue of the stack, which Lambda reads for the function.
			EventSourceMappings: []sparta.EventSourceMapping{{EventSourceArn: cloudformation.GetAtt{"Jobs", "Arn"}}},
			Resources:           map[string]cloudformation.Resource{"Jobs": {Type: "AWS::SQS::Queue"}},
		},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// Every command of the deploy program can be run, with its own flags.
func ExampleDeploy() {
	err := spartamage.Deploy(context.Background(), "logs", spartamage.DeployOptions{
		Args: []string{"--function", "Order", "--since", "15m"},
	})
	if errors.Is(err, spartamage.ErrDeploy) {
		os.Exit(1) // the program has reported the error
	}
}

// A service that is not named has its package's name, and its function the service's.
func ExampleService_Resolve() {
	service, err := spartamage.Service{Timeout: 30}.Resolve(spartamage.BuildOptions{Package: "./cmd/order-mail"})
	fmt.Println(service.Name, service.Function, service.Timeout, err)
	// Output: order-mail order_mail 30 <nil>
}

func ExampleDoctor() {
	err := spartamage.Doctor(context.Background(), spartamage.DoctorOptions{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

//go:build !lambdabinary

//lint:file-ignore SA1019 NewSession returns a session of the SDK v1, as it always has

package cgo_test

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go/service/sts"
	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

func ExampleMain() {
	greet := func(_ context.Context, name string) (string, error) {
		return "Hello " + name, nil
	}
	fn, err := sparta.NewAWSLambda("Greet", greet, sparta.IAMRoleDefinition{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	cgo.Main("Greeter", "Greets people", []*sparta.LambdaAWSInfo{fn}, nil, nil)
}

func ExampleNewSession() {
	whoAmI := func() (string, error) {
		identity, err := sts.New(cgo.NewSession()).GetCallerIdentity(nil)
		if err != nil {
			return "", err
		}
		return *identity.Arn, nil
	}
	fn := sparta.HandleAWSLambda("WhoAmI", whoAmI, sparta.IAMRoleDefinition{})
	cgo.Main("Identity", "Tells its role", []*sparta.LambdaAWSInfo{fn}, nil, nil)
}

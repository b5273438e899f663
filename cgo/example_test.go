//go:build !lambdabinary

//lint:file-ignore SA1019 NewSession returns a session of the SDK v1, as it always has

package cgo_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
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

// Hooks run when the service is deployed. In Lambda they take no part.
func ExampleMainEx() {
	greet := sparta.HandleAWSLambda("Greet", func() string { return "Hello" }, sparta.IAMRoleDefinition{})
	hooks := &sparta.WorkflowHooks{
		PostBuild: []sparta.WorkflowHook{func(_ context.Context, w *sparta.Workflow) error {
			w.Logger.Infof("%s is built", w.ServiceName)
			return nil
		}},
	}
	cgo.MainEx("Greeter", "Greets people", []*sparta.LambdaAWSInfo{greet}, nil, nil, hooks)
}

// A connection that a snapshot would keep is dead when the snapshot is restored.
func ExampleAfterRestore() {
	client := &http.Client{}
	cgo.BeforeSnapshot(func() error {
		client.CloseIdleConnections()
		return nil
	})
	var token string
	cgo.AfterRestore(func() error {
		token = rand.Text() // one that no other clone has
		return nil
	})
	fn := sparta.HandleAWSLambda("Token", func() string { return token }, sparta.IAMRoleDefinition{})
	cgo.Main("Tokens", "Tells its token", []*sparta.LambdaAWSInfo{fn}, nil, nil)
}

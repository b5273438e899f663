// Spartadeploy is the deploy program of plain aws-lambda-go applications: the
// command line of a Sparta application whose one function is described in the
// environment. The targets of spartamage build and run it.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/internal/original"
	"github.com/go-sparta/sparta/internal/plainservice"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

func main() {
	if code, substitutes := original.Substitute(context.Background(), os.Args); substitutes {
		os.Exit(code)
	}
	if deployment, err := spartamage.ReadDeployment(); err == nil && deployment.Original != "" && len(os.Args) > 1 {
		if err := deployOriginal(deployment, os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, "Error:", err)
			os.Exit(1)
		}
		return
	}
	service, info, err := describe()
	var api *sparta.API
	var site *sparta.S3Site
	var hooks *sparta.WorkflowHooks
	if err == nil {
		hooks, err = addResources(service.Resources)
	}
	if err == nil {
		api, site, err = plainservice.Front(service)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
	// MainEx returns no error here: a failure ends the process.
	_ = cgo.MainEx(service.Name, service.Description, []*sparta.LambdaAWSInfo{info}, api, site, hooks)
}

// describe reads the service and its function from the environment.
func describe() (spartamage.Service, *sparta.LambdaAWSInfo, error) {
	deployment, err := spartamage.ReadDeployment()
	if err != nil {
		return spartamage.Service{}, nil, err
	}
	return plainservice.Describe(deployment.Service, deployment.Build)
}

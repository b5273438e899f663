// Spartadeploy is the deploy program of plain aws-lambda-go applications: the
// command line of a Sparta application whose one function is described in the
// environment. The targets of spartamage build and run it.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/internal/original"
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
		err = decodeFront(service, &api, &site)
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
	service, err := deployment.Service.Resolve(deployment.Build)
	if err != nil {
		return service, nil, err
	}
	var definition sparta.IAMRoleDefinition
	if err := decode(service.Privileges, &definition.Privileges); err != nil {
		return service, nil, fmt.Errorf("Service.Privileges is not a []sparta.IAMRolePrivilege: %w", err)
	}
	var role any = definition
	if service.RoleName != "" {
		role = service.RoleName
	}
	info, err := sparta.NewAWSLambda(service.Function, missingHandler, role)
	if err != nil {
		return service, nil, err
	}
	if err := decode(service.Options, info.Options); err != nil {
		// The cause could quote a secret.
		return service, nil, errors.New("Service.Options is not a sparta.LambdaFunctionOptions")
	}
	if err := decode(service.Permissions, (*sparta.Permissions)(&info.Permissions)); err != nil {
		return service, nil, fmt.Errorf("Service.Permissions is not a sparta.Permissions: %w", err)
	}
	if err := decode(service.EventSourceMappings, &info.EventSourceMappings); err != nil {
		return service, nil, fmt.Errorf("Service.EventSourceMappings is not a []sparta.EventSourceMapping: %w", err)
	}
	info.Options.MemorySize = cmp.Or(service.MemorySize, info.Options.MemorySize)
	info.Options.Timeout = cmp.Or(service.Timeout, info.Options.Timeout)
	return service, info, nil
}

// missingHandler takes the place of the function's handler, which only the package contains.
func missingHandler() error {
	return errors.New("the deploy program does not contain the function: run `go tool mage cgo:invoke`")
}

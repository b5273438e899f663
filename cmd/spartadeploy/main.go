// Spartadeploy is the deploy program of plain aws-lambda-go applications: the
// command line of a Sparta application whose one function is described in the
// environment. The targets of spartamage build and run it.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/go-sparta/sparta"
	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/spartamage"
)

func main() {
	service, info, err := describe()
	if err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
	_ = cgo.Main(service.Name, service.Description, []*sparta.LambdaAWSInfo{info}, nil, nil) // a failure ends the process
}

// describe gives the service that the environment describes.
func describe() (spartamage.Service, *sparta.LambdaAWSInfo, error) {
	deployment, err := spartamage.ReadDeployment()
	if err != nil {
		return spartamage.Service{}, nil, err
	}
	service, err := deployment.Service.Resolve(deployment.Build)
	if err != nil {
		return service, nil, err
	}
	var role any = sparta.IAMRoleDefinition{Privileges: service.Privileges}
	if service.RoleName != "" {
		role = service.RoleName
	}
	info, err := sparta.NewAWSLambda(service.Function, notHere, role)
	if err != nil {
		return service, nil, err
	}
	info.Options = &service.Options
	return service, info, nil
}

// notHere stands for a handler that is in the package only.
func notHere() error {
	return errors.New("the deploy program does not hold the function: run `go tool mage cgo:invoke`")
}

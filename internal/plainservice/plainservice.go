// Package plainservice describes the service of a plain aws-lambda-go application, whose magefile has the settings.
package plainservice

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// Describe applies the environment and the defaults to a service that was read from JSON, and returns it with its
// function, which cannot be called.
func Describe(described spartamage.Service, build spartamage.BuildOptions) (
	spartamage.Service, *sparta.LambdaAWSInfo, error,
) {
	service, err := described.Resolve(build)
	if err != nil {
		return service, nil, err
	}
	var definition sparta.IAMRoleDefinition
	if err := Decode(service.Privileges, &definition.Privileges); err != nil {
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
	if err := Decode(service.Options, info.Options); err != nil {
		// The cause could quote a secret.
		return service, nil, errors.New("Service.Options is not a sparta.LambdaFunctionOptions")
	}
	if err := Decode(service.Permissions, (*sparta.Permissions)(&info.Permissions)); err != nil {
		return service, nil, fmt.Errorf("Service.Permissions is not a sparta.Permissions: %w", err)
	}
	if err := Decode(service.EventSourceMappings, &info.EventSourceMappings); err != nil {
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

// Front returns the API and the site of a service that was read from JSON. Either may be nil.
func Front(service spartamage.Service) (api *sparta.API, site *sparta.S3Site, err error) {
	if err := Decode(service.API, &api); err != nil {
		return nil, nil, fmt.Errorf("Service.API is not a *sparta.API: %w", err)
	}
	if err := Decode(service.Site, &site); err != nil {
		return nil, nil, fmt.Errorf("Service.Site is not a *sparta.S3Site: %w", err)
	}
	return api, site, nil
}

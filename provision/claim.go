package provision

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/mainpackage"
	"github.com/go-sparta/sparta/provision/internal/secrets"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
)

// newClaim makes the claim of a service to its stack. It makes no request.
func newClaim(service Service, name, adopt string) (*stack.Claim, error) {
	name = stackName(service, name)
	if adopt != "" && adopt != name {
		return nil, fmt.Errorf("-adopt=%s does not repeat the stack's name, which is %s: nothing was changed; "+
			"use the same name, or leave -adopt out", adopt, name)
	}
	path := cmp.Or(service.Application, mainpackage.Path())
	if path == "" {
		return nil, errors.New("the application's import path, which identifies its stacks, is not known: " +
			"set Service.Application to the import path of its main package, " +
			"or build it as a package (go build .), not from files")
	}
	c := &stack.Claim{Stack: name, Application: stack.ApplicationTagValue(path, service.Name), Adopt: adopt != ""}
	for _, info := range service.Functions {
		if info != nil {
			c.Functions = append(c.Functions, service.functionName(name, info.Name()))
		}
	}
	return c, nil
}

// claimExisting makes the claim of a command for a stack that exists already, and the secrets that its output must not
// show. It makes no request.
func claimExisting(
	service Service, session SessionOptions, name, adopt string, flags any,
) (claim *stack.Claim, hidden secrets.Values, err error) {
	if err := commandline.Check(flags); err != nil {
		return nil, hidden, err
	}
	if claim, err = newClaim(service, name, adopt); err != nil {
		return nil, hidden, err
	}
	options := Options{Provision: commandline.Provision{Stack: name}, Session: session}
	return claim, secretsFor(service, options), nil
}

// checkOptions checks the options of a deployment by themselves, and makes its claim.
func checkOptions(service Service, options Options) (*stack.Claim, error) {
	if err := commandline.Check(&options.Provision); err != nil {
		return nil, err
	}
	claim, err := newClaim(service, options.Stack, options.Adopt)
	if err != nil {
		return nil, err
	}
	err = errors.Join(template.CheckNames(claim.Stack, service.Functions), template.CheckSources(service.Functions))
	if err != nil {
		return nil, err
	}
	return claim, checkParameters(service, options)
}

// checkParameters returns an error about parameters that the template does not have. It leaves the check to the
// deployment where hooks or the package still decide on the template, and with NoOp, which renders it in any case.
func checkParameters(service Service, options Options) error {
	if len(options.Params) == 0 || options.NoOp || service.Hooks.ChangeTemplate(service.Functions) {
		return nil
	}
	document, err := template.New(
		template.Service{
			Name:        service.Name,
			Description: service.Description,
			Functions:   service.Functions,
			Stack:       stackName(service, options.Stack),
			Region:      options.Session.Region,
		},
		template.Package{GOARCH: "amd64", Python: "python3.13"}, // no parameter depends on the package
		template.Code{Bucket: "any"},
	)
	if err != nil {
		return nil // the deployment reports it if the package does not decide otherwise
	}
	return template.Declare(document, options.Params)
}

// CheckOptions returns the error that Provision would return about the options, for callers that have not built the
// package yet.
func CheckOptions(service Service, options Options) error {
	_, err := checkOptions(service, options)
	if err == nil {
		err = checkSite(service)
	}
	if err == nil {
		_, err = sparta.NewServiceDescription(service.Name, service.Description, service.Functions, service.Hooks)
	}
	return err
}

// find looks the service's stack up, and returns an error if it belongs to something else. A stack under review is
// empty, so it belongs to nobody.
func (d *deployment) find(ctx context.Context) (*cfntypes.Stack, error) {
	live, err := d.Describe(ctx, d.stack)
	if err != nil || stack.StateOf(live) == stack.Absent {
		return live, err
	}
	return live, d.CheckOwner(ctx, live, d.claim)
}

package provision

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/internal/mainpackage"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// newClaim checks what can be checked without AWS.
func newClaim(service Service, name, adopt string) (*stack.Claim, error) {
	name = stackName(service, name)
	if adopt != "" && adopt != name {
		return nil, fmt.Errorf("-adopt=%s does not repeat the stack's name, which is %s: nothing was changed; "+
			"give both the same name, or leave -adopt out", adopt, name)
	}
	path := cmp.Or(service.Application, mainpackage.Path())
	if path == "" {
		return nil, errors.New("it is not known which application this is, by which its stacks are known: " +
			"set Service.Application to the import path of its main package, or build it as a package (go build .), not from files")
	}
	c := &stack.Claim{Stack: name, Application: stack.ApplicationMark(path, service.Name), Adopt: adopt != ""}
	for _, info := range service.Functions {
		if info != nil {
			c.Functions = append(c.Functions, template.FunctionName(name, info.Name()))
		}
	}
	return c, nil
}

// newClaimFor is newClaim for a deployment.
func newClaimFor(service Service, options Options) (*stack.Claim, error) {
	if options.InPlace && options.Adopt != "" {
		return nil, errors.New("an update in place leaves the stack's tags as they are, which say whose it is: " +
			"provision with -adopt, without -inplace")
	}
	return newClaim(service, options.Stack, options.Adopt)
}

// CheckOptions returns the error that Provision would return of options alone, for who wants to have it before the
// package is built.
func CheckOptions(service Service, options Options) error {
	if options.Wait < 0 {
		return fmt.Errorf("time to wait of %s is negative: use such as 15m", options.Wait)
	}
	_, err := newClaimFor(service, options)
	return err
}

// find looks the service's stack up, and refuses one that is another's. A stack under review has nothing in it that
// could be anyone's.
func (d *deployment) find(ctx context.Context) (*cfntypes.Stack, error) {
	live, err := d.Describe(ctx, d.stack)
	if err != nil || stack.StandingOf(live) == stack.Absent {
		return live, err
	}
	return live, d.Admit(ctx, live, d.claim)
}

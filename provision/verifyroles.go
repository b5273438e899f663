package provision

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// roleAPI is the part of IAM that a deployment needs.
type roleAPI interface {
	GetRole(context.Context, *iam.GetRoleInput, ...func(*iam.Options)) (*iam.GetRoleOutput, error)
}

// verifyRoles returns an error if a role that functions use does not exist.
func (c *clients) verifyRoles(ctx context.Context, roles []template.ExistingRole) error {
	var errs []error
	for _, role := range roles {
		if err := c.verifyRole(ctx, role); err != nil {
			errs = append(errs, fmt.Errorf("role %s of %s: %w", role.Name, strings.Join(role.Functions, ", "), err))
		}
	}
	return errors.Join(errs...)
}

func (c *clients) verifyRole(ctx context.Context, role template.ExistingRole) error {
	var found string
	err := c.Call(ctx, "iam:GetRole", func(ctx context.Context) error {
		answer, err := c.roles.GetRole(ctx, &iam.GetRoleInput{RoleName: aws.String(role.Name)})
		if err == nil && answer.Role != nil {
			found = aws.ToString(answer.Role.Arn)
		}
		return err
	})
	if connection.HasCode(err, "NoSuchEntityException") {
		return errors.New("it does not exist in the account: create it, name another one, " +
			"or give the function a sparta.IAMRoleDefinition")
	}
	if err != nil {
		return err
	}
	if _, resource, ok := strings.Cut(found, ":role/"); ok && "role/"+resource != role.Resource {
		return fmt.Errorf("its path is missing: write %s", resource)
	}
	return nil
}

// Verify returns an error if a deployment would fail because of what is in AWS now: the stack, the functions' existing
// roles or the bucket. It is for services whose hooks take part in the build. It changes nothing.
func Verify(ctx context.Context, service Service, options Options) error {
	d, err := newDeployment(service, Package{SHA256: "not built yet"}, options)
	if err != nil {
		return err
	}
	if d.clients, err = connect(ctx, d.options.Session, d.log); err != nil {
		return err
	}
	_, err = d.lookUp(ctx)
	return d.secrets.HideIn(err)
}

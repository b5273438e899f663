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

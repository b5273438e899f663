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

// verifyRoles checks that the roles exist that functions name.
func (a *account) verifyRoles(ctx context.Context, roles []template.ExistingRole) error {
	var errs []error
	for _, role := range roles {
		if err := a.verifyRole(ctx, role); err != nil {
			errs = append(errs, fmt.Errorf("role %s of %s: %w", role.Name, strings.Join(role.Functions, ", "), err))
		}
	}
	return errors.Join(errs...)
}

func (a *account) verifyRole(ctx context.Context, role template.ExistingRole) error {
	var found string
	err := a.Call(ctx, "iam:GetRole", func(ctx context.Context) error {
		answer, err := a.roles.GetRole(ctx, &iam.GetRoleInput{RoleName: aws.String(role.Name)})
		if err == nil && answer.Role != nil {
			found = aws.ToString(answer.Role.Arn)
		}
		return err
	})
	if connection.HasCode(err, "NoSuchEntityException") {
		return errors.New("the account has none of this name: create it, name another one, or give the function a sparta.IAMRoleDefinition")
	}
	if err != nil {
		return err
	}
	if _, resource, ok := strings.Cut(found, ":role/"); ok && "role/"+resource != role.Resource {
		return fmt.Errorf("its path is missing: write %s", resource)
	}
	return nil
}

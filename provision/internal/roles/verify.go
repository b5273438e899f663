// Package roles verifies roles that exist already.
package roles

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// API is the part of IAM that this package needs.
type API interface {
	GetRole(context.Context, *iam.GetRoleInput, ...func(*iam.Options)) (*iam.GetRoleOutput, error)
}

// Client is IAM as this package uses it.
type Client struct {
	connection.Caller
	API API
}

// Verify returns an error if a role that functions use does not exist, or if CloudFront cannot assume that of a
// function for edge locations.
func (c Client) Verify(ctx context.Context, roles []template.ExistingRole) error {
	var errs []error
	for _, role := range roles {
		if err := c.verify(ctx, role); err != nil {
			errs = append(errs, fmt.Errorf("role %s of %s: %w", role.Name, strings.Join(role.Functions, ", "), err))
		}
	}
	return errors.Join(errs...)
}

func (c Client) verify(ctx context.Context, role template.ExistingRole) error {
	var found, trust string
	err := c.Call(ctx, "iam:GetRole", func(ctx context.Context) error {
		answer, err := c.API.GetRole(ctx, &iam.GetRoleInput{RoleName: aws.String(role.Name)})
		if err == nil && answer.Role != nil {
			found, trust = aws.ToString(answer.Role.Arn), aws.ToString(answer.Role.AssumeRolePolicyDocument)
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
	if role.Edge && trust != "" && !trusts(trust, edgeService) {
		return fmt.Errorf("CloudFront cannot assume it, as it must for Lambda@Edge: add the service principal %s to "+
			"its trust policy, or give the function a sparta.IAMRoleDefinition", edgeService)
	}
	return nil
}

// edgeService is the service that runs functions at edge locations.
const edgeService = "edgelambda.amazonaws.com"

// trusts reports whether a percent-encoded trust policy names a service.
func trusts(policy, service string) bool {
	text, err := url.QueryUnescape(policy)
	return err != nil || strings.Contains(text, service)
}

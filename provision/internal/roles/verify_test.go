package roles

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// trusting is IAM with roles that this service can assume.
type trusting string

func (service trusting) GetRole(
	_ context.Context, in *iam.GetRoleInput, _ ...func(*iam.Options),
) (*iam.GetRoleOutput, error) {
	policy := `{"Statement": [{"Principal": {"Service": ["lambda.amazonaws.com", "` + string(service) + `"]}}]}`
	return &iam.GetRoleOutput{Role: &iamtypes.Role{
		Arn:                      aws.String("arn:aws:iam::123456789012:role/" + *in.RoleName),
		AssumeRolePolicyDocument: aws.String(url.QueryEscape(policy)),
	}}, nil
}

func TestCloudFrontMustBeAbleToAssumeRoles(t *testing.T) {
	for name, test := range map[string]struct {
		service trusting
		edge    bool
		want    string // empty means that there is no error
	}{
		"a role of CloudFront's":       {"edgelambda.amazonaws.com", true, ""},
		"a role for other functions":   {"events.amazonaws.com", false, ""},
		"a role that CloudFront lacks": {"events.amazonaws.com", true, "role mine of f: CloudFront cannot assume it"},
	} {
		t.Run(name, func(t *testing.T) {
			client := Client{Caller: connection.Caller{}, API: test.service}
			err := client.Verify(t.Context(), []template.ExistingRole{
				{Name: "mine", Resource: "role/mine", Functions: []string{"f"}, Edge: test.edge},
			})
			if test.want == "" && err == nil {
				return
			}
			if test.want == "" || err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want %q", err, test.want)
			}
		})
	}
}

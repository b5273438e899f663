package buckets

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// Type is CloudFormation's type of buckets.
const Type = "AWS::S3::Bucket"

// templateAPI is the part of CloudFormation that says which buckets are kept.
type templateAPI interface {
	GetTemplate(context.Context, *cfn.GetTemplateInput, ...func(*cfn.Options)) (*cfn.GetTemplateOutput, error)
}

// DeletedWith lists the buckets that CloudFormation will delete with a stack, given its resources. Those whose deletion
// policy says so are kept.
func DeletedWith(
	ctx context.Context, caller connection.Caller, api templateAPI, live *cfntypes.Stack,
	resources []cfntypes.StackResourceSummary,
) ([]string, error) {
	buckets := map[string]string{} // by logical ID
	var order []string
	for _, resource := range resources {
		if aws.ToString(resource.ResourceType) == Type && aws.ToString(resource.PhysicalResourceId) != "" {
			id := aws.ToString(resource.LogicalResourceId)
			buckets[id] = *resource.PhysicalResourceId
			order = append(order, id)
		}
	}
	if len(order) == 0 {
		return nil, nil
	}
	policies, err := deletionPolicies(ctx, caller, api, live)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, id := range order {
		if policy := policies[id]; policy != "" && policy != "Delete" {
			caller.Log.Infof("bucket %s stays as it is: its deletion policy is %s", buckets[id], policy)
			continue
		}
		found = append(found, buckets[id])
	}
	return found, nil
}

// deletionPolicies are the deletion policies of a stack's resources, by logical ID.
func deletionPolicies(
	ctx context.Context, caller connection.Caller, api templateAPI, live *cfntypes.Stack,
) (map[string]string, error) {
	var answer *cfn.GetTemplateOutput
	err := caller.Call(ctx, "cloudformation:GetTemplate", func(ctx context.Context) (err error) {
		answer, err = api.GetTemplate(ctx, &cfn.GetTemplateInput{
			StackName:     live.StackId,
			TemplateStage: cfntypes.TemplateStageProcessed,
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the template: %w", err)
	}
	var template struct {
		Resources map[string]struct{ DeletionPolicy string }
	}
	if err := json.Unmarshal([]byte(aws.ToString(answer.TemplateBody)), &template); err != nil {
		return nil, errors.New("its template is not JSON, so Sparta did not make it, and cannot tell which buckets " +
			"to empty: empty them yourself")
	}
	policies := map[string]string{}
	for id, resource := range template.Resources {
		if resource.DeletionPolicy != "" {
			policies[id] = resource.DeletionPolicy
		}
	}
	return policies, nil
}

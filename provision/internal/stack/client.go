package stack

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// API is the part of CloudFormation that a deployment needs.
type API interface {
	DescribeStacks(context.Context, *cfn.DescribeStacksInput, ...func(*cfn.Options)) (*cfn.DescribeStacksOutput, error)
	DescribeStackEvents(
		context.Context, *cfn.DescribeStackEventsInput, ...func(*cfn.Options),
	) (*cfn.DescribeStackEventsOutput, error)
	DescribeEvents(context.Context, *cfn.DescribeEventsInput, ...func(*cfn.Options)) (*cfn.DescribeEventsOutput, error)
	cfn.ListStackResourcesAPIClient
	GetTemplate(context.Context, *cfn.GetTemplateInput, ...func(*cfn.Options)) (*cfn.GetTemplateOutput, error)
	DeleteStack(context.Context, *cfn.DeleteStackInput, ...func(*cfn.Options)) (*cfn.DeleteStackOutput, error)
	ContinueUpdateRollback(
		context.Context, *cfn.ContinueUpdateRollbackInput, ...func(*cfn.Options),
	) (*cfn.ContinueUpdateRollbackOutput, error)

	CreateChangeSet(context.Context, *cfn.CreateChangeSetInput,
		...func(*cfn.Options)) (*cfn.CreateChangeSetOutput, error)
	DescribeChangeSet(context.Context, *cfn.DescribeChangeSetInput,
		...func(*cfn.Options)) (*cfn.DescribeChangeSetOutput, error)
	ListChangeSets(context.Context, *cfn.ListChangeSetsInput, ...func(*cfn.Options)) (*cfn.ListChangeSetsOutput, error)
	ExecuteChangeSet(context.Context, *cfn.ExecuteChangeSetInput,
		...func(*cfn.Options)) (*cfn.ExecuteChangeSetOutput, error)
	DeleteChangeSet(context.Context, *cfn.DeleteChangeSetInput,
		...func(*cfn.Options)) (*cfn.DeleteChangeSetOutput, error)
}

// Client is CloudFormation as this package uses it.
type Client struct {
	connection.Caller
	API API
}

// errNoStack says that an answer is not CloudFormation's, which has an error for a stack that does not exist.
var errNoStack = errors.New("AWS's answer contains neither a stack nor an error: " +
	"check the network, its proxy and the endpoint")

// Describe looks a stack up by name or ID. It returns nil if there is none.
func (s Client) Describe(ctx context.Context, stack string) (*cfntypes.Stack, error) {
	var found *cfntypes.Stack
	err := s.Call(ctx, "cloudformation:DescribeStacks", func(ctx context.Context) error {
		answer, err := s.API.DescribeStacks(ctx, &cfn.DescribeStacksInput{StackName: &stack})
		if err == nil && len(answer.Stacks) == 0 { // for example a page of HTML that a proxy answers with
			return errNoStack
		}
		if err == nil {
			found = &answer.Stacks[0]
		}
		return err
	})
	if isStackNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look up stack %s: %w", stack, err)
	}
	if found != nil && found.StackStatus == cfntypes.StackStatusDeleteComplete {
		return nil, nil // CloudFormation still finds a deleted stack by its ID
	}
	return found, nil
}

// isNotFound reports whether a change set or its stack does not exist.
func isNotFound(err error) bool {
	return connection.HasCode(err, "ChangeSetNotFound") || isStackNotFound(err)
}

// isStackNotFound reports whether a stack does not exist, for which CloudFormation has no error code of its own.
func isStackNotFound(err error) bool {
	return connection.HasCode(err, "ValidationError") &&
		strings.Contains(connection.ErrorMessage(err), "does not exist")
}

// nameOf is the name in a stack's ID, or the name itself.
func nameOf(stack string) string {
	if parts := strings.Split(stack, "/"); len(parts) == 3 {
		return parts[1]
	}
	return stack
}

// AccountOf is the ID of the account that a stack is in; nil if it is not known.
func AccountOf(live *cfntypes.Stack) *string {
	id, err := arn.Parse(aws.ToString(live.StackId))
	if err != nil || id.AccountID == "" {
		return nil
	}
	return &id.AccountID
}

// ChangeSetPrefix is how the names of this module's change sets begin.
const ChangeSetPrefix = "sparta-"

// NewToken makes a name that is unique and sorts by time.
func NewToken(purpose string) string {
	return ChangeSetPrefix + purpose + "-" + time.Now().UTC().Format("20060102-150405") + "-" +
		strings.ToLower(rand.Text()[:8])
}

const noReason = "CloudFormation gives no reason"

// OrNoReason returns the reason, or says that there is none.
func OrNoReason(reason *string) string {
	if text := aws.ToString(reason); text != "" {
		return text
	}
	return noReason
}

package stack

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// Delete deletes a stack and waits until it is gone.
func (s Client) Delete(ctx context.Context, stack *cfntypes.Stack) error {
	name, id := aws.ToString(stack.StackName), aws.ToString(stack.StackId)
	if _, err := s.RequestDelete(ctx, stack); err != nil {
		return err
	}
	for pause := connection.NextPause(0); ; pause = connection.NextPause(pause) {
		current, err := s.Describe(ctx, id)
		switch {
		case err != nil:
			return fmt.Errorf("wait until stack %s is deleted: %w", name, err)
		case current == nil:
			return nil
		case current.StackStatus == cfntypes.StackStatusDeleteFailed:
			return BlockedError(current)
		}
		connection.Sleep(ctx, pause)
		if ctx.Err() != nil {
			return fmt.Errorf("wait until stack %s is deleted: %w; CloudFormation continues to delete it: "+
				"check it with cgo:status and provision again when it is gone", name, context.Cause(ctx))
		}
	}
}

// RequestDelete requests that a stack is deleted, and returns the token of that operation.
func (s Client) RequestDelete(ctx context.Context, stack *cfntypes.Stack) (token string, err error) {
	token = NewToken("delete")
	err = s.Call(ctx, "cloudformation:DeleteStack", func(ctx context.Context) error {
		_, err := s.API.DeleteStack(ctx, &cfn.DeleteStackInput{StackName: stack.StackId, ClientRequestToken: &token})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("delete stack %s: %w", aws.ToString(stack.StackName), err)
	}
	return token, nil
}

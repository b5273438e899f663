//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/service/lambda"
)

// updateCode gives functions the package's code, one after the other in this
// order, and waits until they run it. Whoever brings functions from the stack's
// code to another starts with the first of them by name, and whoever brings them
// back ends with it: if either is interrupted, that one does not run the stack's
// code.
func (d *deployment) updateCode(ctx context.Context, names []string, code codeLocation) error {
	for i, name := range names {
		if err := d.sendCode(ctx, name, code); err != nil {
			return fmt.Errorf("update the code of %s (%d of %s have the new code; provision again): %w", name, i, counted(len(names), "function"), err)
		}
	}
	for _, name := range names {
		if err := d.awaitCode(ctx, name); err != nil {
			return fmt.Errorf("wait until %s runs the new code: %w", name, err)
		}
	}
	return nil
}

// sendCode asks for the update, which Lambda refuses during another one.
func (d *deployment) sendCode(ctx context.Context, name string, code codeLocation) error {
	input := &lambda.UpdateFunctionCodeInput{FunctionName: aws.String(name), S3Bucket: aws.String(code.Bucket), S3Key: aws.String(code.Key)}
	if code.Version != "" {
		input.S3ObjectVersion = aws.String(code.Version)
	}
	for pause := pollPause(0); ; pause = pollPause(pause) {
		err := d.call(ctx, "lambda:UpdateFunctionCode", func(ctx context.Context) error {
			_, err := d.functions.UpdateFunctionCodeWithContext(ctx, input)
			return err
		})
		if err == nil || !hasCode(err, lambda.ErrCodeResourceConflictException) {
			return err
		}
		if sleep(ctx, pause); ctx.Err() != nil {
			return fmt.Errorf("%w: %w", context.Cause(ctx), err)
		}
	}
}

// awaitCode waits until a function's update is done.
func (d *deployment) awaitCode(ctx context.Context, name string) error {
	for pause := pollPause(0); ; pause = pollPause(pause) {
		configuration, err := d.configuration(ctx, name)
		if err != nil {
			return err
		}
		state, update := aws.StringValue(configuration.State), aws.StringValue(configuration.LastUpdateStatus)
		switch {
		case update == lambda.LastUpdateStatusFailed:
			return fmt.Errorf("its update failed%s", because(configuration.LastUpdateStatusReason))
		case state == lambda.StateFailed:
			return fmt.Errorf("its state is %s%s", state, because(configuration.StateReason))
		case update != lambda.LastUpdateStatusInProgress && state != lambda.StatePending:
			return nil
		}
		if sleep(ctx, pause); ctx.Err() != nil {
			return fmt.Errorf("%w; Lambda goes on with it: look with cgo:status", context.Cause(ctx))
		}
	}
}

func (d *deployment) configuration(ctx context.Context, name string) (configuration *lambda.FunctionConfiguration, err error) {
	err = d.call(ctx, "lambda:GetFunctionConfiguration", func(ctx context.Context) (err error) {
		configuration, err = d.functions.GetFunctionConfigurationWithContext(ctx, &lambda.GetFunctionConfigurationInput{FunctionName: &name})
		return err
	})
	return configuration, err
}

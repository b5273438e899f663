package functions

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// functionAPI is the part of Lambda that a deployment needs.
type functionAPI interface {
	GetFunctionConfiguration(
		context.Context, *lambda.GetFunctionConfigurationInput, ...func(*lambda.Options),
	) (*lambda.GetFunctionConfigurationOutput, error)
	UpdateFunctionCode(
		context.Context, *lambda.UpdateFunctionCodeInput, ...func(*lambda.Options),
	) (*lambda.UpdateFunctionCodeOutput, error)
}

// Client is Lambda as a deployment uses it.
type Client struct {
	connection.Caller
	API functionAPI
}

// UpdateCode updates functions to the package's code, one after the other in this order, and waits until they run it.
func (f Client) UpdateCode(ctx context.Context, names []string, code packages.Location) error {
	for i, name := range names {
		if err := f.sendCode(ctx, name, code); err != nil {
			return fmt.Errorf("update the code of %s (%d of %s have the new code; provision again): %w",
				name, i, show.Count(len(names), "function"), err)
		}
	}
	for _, name := range names {
		if err := f.awaitCode(ctx, name); err != nil {
			return fmt.Errorf("wait until %s runs the new code: %w", name, err)
		}
	}
	return nil
}

// sendCode requests the update, which Lambda rejects during another one.
func (f Client) sendCode(ctx context.Context, name string, code packages.Location) error {
	input := &lambda.UpdateFunctionCodeInput{
		FunctionName: aws.String(name),
		S3Bucket:     aws.String(code.Bucket),
		S3Key:        aws.String(code.Key),
	}
	for pause := connection.NextPause(0); ; pause = connection.NextPause(pause) {
		err := f.Call(ctx, "lambda:UpdateFunctionCode", func(ctx context.Context) error {
			_, err := f.API.UpdateFunctionCode(ctx, input)
			return err
		})
		if err == nil || !connection.HasCode(err, "ResourceConflictException") {
			return err
		}
		if connection.Sleep(ctx, pause); ctx.Err() != nil {
			return fmt.Errorf("%w: %w", context.Cause(ctx), err)
		}
	}
}

// awaitCode waits until a function's update is done.
func (f Client) awaitCode(ctx context.Context, name string) error {
	for pause := connection.NextPause(0); ; pause = connection.NextPause(pause) {
		configuration, err := f.Configuration(ctx, name)
		if err != nil {
			return err
		}
		state, update := configuration.State, configuration.LastUpdateStatus
		switch {
		case update == lambdatypes.LastUpdateStatusFailed:
			return fmt.Errorf("its update failed%s", show.Because(configuration.LastUpdateStatusReason))
		case state == lambdatypes.StateFailed:
			return fmt.Errorf("its state is %s%s", state, show.Because(configuration.StateReason))
		case update != lambdatypes.LastUpdateStatusInProgress && state != lambdatypes.StatePending:
			return nil
		}
		if connection.Sleep(ctx, pause); ctx.Err() != nil {
			return fmt.Errorf("%w; Lambda continues the update: check it with cgo:status", context.Cause(ctx))
		}
	}
}

// Configuration looks up a function's configuration.
func (f Client) Configuration(
	ctx context.Context, name string,
) (configuration *lambda.GetFunctionConfigurationOutput, err error) {
	input := &lambda.GetFunctionConfigurationInput{FunctionName: &name}
	err = f.Call(ctx, "lambda:GetFunctionConfiguration", func(ctx context.Context) (err error) {
		configuration, err = f.API.GetFunctionConfiguration(ctx, input)
		return err
	})
	return configuration, err
}

//go:build !lambdabinary

package cgo

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
)

// Config loads a configuration of the AWS SDK for Go v2: in Lambda with the credentials that Python hands over, which
// are renewed as they change; elsewhere the SDK's default configuration (environment, ~/.aws, AWS_PROFILE). Call it in
// main or in a handler; clients made from it may be kept.
func Config(ctx context.Context) (aws.Config, error) {
	loaded, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return aws.Config{}, fmt.Errorf("load AWS configuration: %w", err)
	}
	return loaded, nil
}

// Sdk makes clients of the AWS SDK in main, as functions do that use a few services.
package main

import (
	"context"
	"log"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	awslambda "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func main() {
	c, err := config.LoadDefaultConfig(context.Background(), config.WithRegion("eu-west-1"))
	if err != nil {
		log.Fatal(err)
	}
	clients := []any{
		s3.NewFromConfig(c), sts.NewFromConfig(c), awslambda.NewFromConfig(c), cloudwatchlogs.NewFromConfig(c),
	}
	lambda.Start(func() (int, error) { return len(clients), nil })
}

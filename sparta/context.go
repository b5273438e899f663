package sparta

import (
	"context"
	"strconv"

	"github.com/aws/aws-lambda-go/lambdacontext"
)

type contextKey int

// Keys of the values that a handler finds in its context.
const (
	// ContextKeyLogger is the key of a *logrus.Logger.
	ContextKeyLogger contextKey = iota
	// ContextKeyLambdaContext is the key of a *LambdaContext, in HTTP requests only: aws-lambda-go's handlers
	// use lambdacontext.FromContext.
	ContextKeyLambdaContext
	// ContextKeyRequestLogger is the key of a *logrus.Entry of the logger with the invocation's request ID and the
	// function's ARN.
	ContextKeyRequestLogger
)

// LambdaContext describes an invocation. Unknown fields are empty.
type LambdaContext struct {
	FunctionName       string `json:"functionName"`
	FunctionVersion    string `json:"functionVersion"`
	InvokedFunctionARN string `json:"invokedFunctionArn"`
	MemoryLimitInMB    string `json:"memoryLimitInMB"`
	AWSRequestID       string `json:"awsRequestId"`
	LogGroupName       string `json:"logGroupName"`
	LogStreamName      string `json:"logStreamName"`
}

func newLambdaContext(ctx context.Context) *LambdaContext {
	described := &LambdaContext{
		FunctionName:    lambdacontext.FunctionName,
		FunctionVersion: lambdacontext.FunctionVersion,
		LogGroupName:    lambdacontext.LogGroupName,
		LogStreamName:   lambdacontext.LogStreamName,
	}
	if lambdacontext.MemoryLimitInMB > 0 {
		described.MemoryLimitInMB = strconv.Itoa(lambdacontext.MemoryLimitInMB)
	}
	if invocation, ok := lambdacontext.FromContext(ctx); ok {
		described.AWSRequestID = invocation.AwsRequestID
		described.InvokedFunctionARN = invocation.InvokedFunctionArn
	}
	return described
}

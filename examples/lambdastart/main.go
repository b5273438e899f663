// Lambdastart is an aws-lambda-go application as it would be written for
// provided.al2023: nothing in it refers to Python.
package main

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

type order struct {
	ID    string   `json:"id"`
	Items []string `json:"items"`
}

type receipt struct {
	Order     string `json:"order"`
	Count     int    `json:"count"`
	RequestID string `json:"requestId"`
	HasTime   bool   `json:"hasTime"`
}

func handle(ctx context.Context, o order) (receipt, error) {
	if o.ID == "" {
		return receipt{}, fmt.Errorf("the order has no id")
	}
	r := receipt{Order: o.ID, Count: len(o.Items)}
	if lc, ok := lambdacontext.FromContext(ctx); ok {
		r.RequestID = lc.AwsRequestID
	}
	deadline, ok := ctx.Deadline()
	r.HasTime = ok && time.Until(deadline) > 0
	return r, nil
}

func main() {
	lambda.Start(handle)
}

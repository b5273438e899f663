// Echoany answers with its event, decoded into Go's maps, slices and scalars and encoded again.
package main

import "github.com/aws/aws-lambda-go/lambda"

func main() {
	lambda.Start(func(event any) (any, error) { return event, nil })
}

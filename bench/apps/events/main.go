// Events does the work that the variable EVENT selects.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/bench/apps/work"
)

func main() { lambda.Start(work.Selected()) }

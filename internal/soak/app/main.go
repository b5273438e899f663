// App is the application that the soak builds: a plain one of aws-lambda-go.
package main

import (
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/internal/soak/function"
)

func main() {
	f := function.Function{Stdout: os.Stdout, Stderr: os.Stderr}
	lambda.Start(f.Handler(os.Getenv("SOAK_HANDLER")))
}

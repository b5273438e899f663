// Compose has a magefile of its own, whose targets call the library.
package main

import (
	"strings"

	"github.com/aws/aws-lambda-go/lambda"
)

// version is set by the magefile, through the linker.
var version = "unknown"

func main() {
	lambda.Start(func(text string) (map[string]string, error) {
		return map[string]string{"shout": strings.ToUpper(text), "version": version}, nil
	})
}

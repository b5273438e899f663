// Compose has a magefile with targets of its own.
package main

import (
	"strings"

	"github.com/aws/aws-lambda-go/lambda"
)

// version is set by the magefile, with linker flags.
var version = "unknown"

func main() {
	lambda.Start(func(text string) (map[string]string, error) {
		return map[string]string{"shout": strings.ToUpper(text), "version": version}, nil
	})
}

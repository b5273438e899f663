// Echorawmessage answers with its event as a json.RawMessage. Built as it is, it is the ordinary bootstrap that it is
// compared with, in which aws-lambda-go decodes and encodes by encoding/json.
package main

import (
	"encoding/json"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	lambda.Start(func(event json.RawMessage) (json.RawMessage, error) { return event, nil })
}

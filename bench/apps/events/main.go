// Events handles one of AWS's types of events, which the variable EVENT selects. bench/events/index.py does the same in
// Python.
package main

import (
	"log"
	"os"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

var headers = map[string]string{"content-type": "application/json"}

func proxy(request events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	return events.APIGatewayProxyResponse{StatusCode: 200, Headers: headers, Body: request.Body}, nil
}

func http(request events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	return events.APIGatewayV2HTTPResponse{StatusCode: 200, Headers: headers, Body: request.Body}, nil
}

func queue(event events.SQSEvent) (events.SQSEventResponse, error) {
	response := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
	for _, record := range event.Records {
		if record.Body == "" {
			response.BatchItemFailures = append(response.BatchItemFailures,
				events.SQSBatchItemFailure{ItemIdentifier: record.MessageId})
		}
	}
	return response, nil
}

func objects(event events.S3Event) ([]string, error) {
	var keys []string
	for _, record := range event.Records {
		keys = append(keys, record.S3.Object.Key)
	}
	return keys, nil
}

func main() {
	handlers := map[string]any{"proxy": proxy, "http": http, "queue": queue, "objects": objects}
	handler := handlers[os.Getenv("EVENT")]
	if handler == nil {
		log.Fatalf("EVENT=%s is not the name of a handler", os.Getenv("EVENT"))
	}
	lambda.Start(handler)
}

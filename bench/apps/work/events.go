package work

import (
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"github.com/go-sparta/sparta/cloudfront"
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
		if record.Body == "" || record.Attributes["ApproximateReceiveCount"] == "9" {
			response.BatchItemFailures = append(response.BatchItemFailures,
				events.SQSBatchItemFailure{ItemIdentifier: record.MessageId})
		}
	}
	return response, nil
}

func stream(event events.KinesisEvent) (events.KinesisEventResponse, error) {
	response := events.KinesisEventResponse{BatchItemFailures: []events.KinesisBatchItemFailure{}}
	for _, record := range event.Records {
		if len(record.Kinesis.Data) == 0 || record.Kinesis.PartitionKey == "" {
			response.BatchItemFailures = append(response.BatchItemFailures,
				events.KinesisBatchItemFailure{ItemIdentifier: record.Kinesis.SequenceNumber})
		}
	}
	return response, nil
}

func table(event events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
	response := events.DynamoDBEventResponse{BatchItemFailures: []events.DynamoDBBatchItemFailure{}}
	for _, record := range event.Records {
		if record.EventName == "INSERT" && record.Change.NewImage["total"].Number() == "0" {
			response.BatchItemFailures = append(response.BatchItemFailures,
				events.DynamoDBBatchItemFailure{ItemIdentifier: record.Change.SequenceNumber})
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

func origin(event cloudfront.OriginRequestEvent) (cloudfront.RequestResult, error) {
	request := event.Request
	country := request.Headers.Get("CloudFront-Viewer-Country")
	if request.Method == "GET" && strings.HasPrefix(request.URI, "/images/") && country == "DE" {
		request.URI = "/de" + request.URI
	}
	return request, nil
}

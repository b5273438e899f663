package work

import (
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"github.com/go-sparta/sparta/cloudfront"
)

var headers = map[string]string{"content-type": "application/json"}

// Each handler looks at three fields of its event, or of each record in it. TestHandlersLookAtThreeFields says which.

func proxy(request events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	status, body := respond(request.HTTPMethod, request.Path, request.Body)
	return events.APIGatewayProxyResponse{StatusCode: status, Headers: headers, Body: body}, nil
}

func http(request events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	status, body := respond(request.RequestContext.HTTP.Method, request.RawPath, request.Body)
	return events.APIGatewayV2HTTPResponse{StatusCode: status, Headers: headers, Body: body}, nil
}

func respond(method, path, body string) (int, string) {
	switch {
	case path != "/orders":
		return 404, ""
	case method != "POST":
		return 405, ""
	}
	return 200, body
}

func queue(event events.SQSEvent) (events.SQSEventResponse, error) {
	response := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
	for _, record := range event.Records {
		if record.Body == "" || record.Attributes["ApproximateReceiveCount"] == "9" ||
			!strings.HasSuffix(record.EventSourceARN, ":orders") {
			response.BatchItemFailures = append(response.BatchItemFailures,
				events.SQSBatchItemFailure{ItemIdentifier: record.MessageId})
		}
	}
	return response, nil
}

func stream(event events.KinesisEvent) (events.KinesisEventResponse, error) {
	response := events.KinesisEventResponse{BatchItemFailures: []events.KinesisBatchItemFailure{}}
	for _, record := range event.Records {
		if len(record.Kinesis.Data) == 0 || record.Kinesis.PartitionKey == "" ||
			!strings.HasSuffix(record.EventSourceArn, "/orders") {
			response.BatchItemFailures = append(response.BatchItemFailures,
				events.KinesisBatchItemFailure{ItemIdentifier: record.Kinesis.SequenceNumber})
		}
	}
	return response, nil
}

func table(event events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
	response := events.DynamoDBEventResponse{BatchItemFailures: []events.DynamoDBBatchItemFailure{}}
	for _, record := range event.Records {
		image := record.Change.NewImage
		if record.EventName != "INSERT" || image["total"].Number() == "0" || !image["paid"].Boolean() {
			response.BatchItemFailures = append(response.BatchItemFailures,
				events.DynamoDBBatchItemFailure{ItemIdentifier: record.Change.SequenceNumber})
		}
	}
	return response, nil
}

func objects(event events.S3Event) ([]string, error) {
	addresses := []string{}
	for _, record := range event.Records {
		if bucket, object := record.S3.Bucket, record.S3.Object; object.Size > 0 {
			addresses = append(addresses, "s3://"+bucket.Name+"/"+object.Key)
		}
	}
	return addresses, nil
}

func origin(event cloudfront.OriginRequestEvent) (cloudfront.RequestResult, error) {
	request := event.Request
	country := request.Headers.Get("CloudFront-Viewer-Country")
	if request.Method == "GET" && strings.HasPrefix(request.URI, "/images/") && country == "DE" {
		request.URI = "/de" + request.URI
	}
	return request, nil
}

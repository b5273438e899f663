package typed

import (
	"reflect"
	"testing"

	"github.com/aws/aws-lambda-go/events"
)

// What AWS sends must be decoded here, or nothing is gained.
func TestSamplesAreNotLeftToEncodingJSON(t *testing.T) {
	samples := samples(t)
	for name, event := range map[string]any{
		"alb-lambda-target-request-headers-only.json": events.ALBTargetGroupRequest{},
		"apigw-request.json":                          events.APIGatewayProxyRequest{},
		"apigw-restapi-openapi-request.json":          events.APIGatewayProxyRequest{},
		"apigw-websocket-request.json":                events.APIGatewayWebsocketProxyRequest{},
		"apigw-custom-auth-request-type-request.json": events.APIGatewayCustomAuthorizerRequestTypeRequest{},
		"apigw-v2-request-iam.json":                   events.APIGatewayV2HTTPRequest{},
		"apigw-v2-request-jwt-authorizer.json":        &events.APIGatewayV2HTTPRequest{},
		"autoscaling-event-launch-successful.json":    events.AutoScalingEvent{},
		"cloudwatch-logs-event.json":                  events.CloudwatchLogsEvent{},
		"cognito-event-userpools-presignup.json":      events.CognitoEventUserPoolsPreSignup{},
		"dynamodb-event.json":                         events.DynamoDBEvent{},
		"dynamodb-time-window-event.json":             events.DynamoDBTimeWindowEvent{},
		"kafka-event.json":                            events.KafkaEvent{},
		"kinesis-event.json":                          events.KinesisEvent{},
		"kinesis-time-window-event.json":              events.KinesisTimeWindowEvent{},
		"kinesis-firehose-event.json":                 events.KinesisFirehoseEvent{},
		"lambda-urls-request.json":                    events.LambdaFunctionURLRequest{},
		"s3-event.json":                               events.S3Event{},
		"s3-object-lambda-event-get-object-iam.json":  events.S3ObjectLambdaEvent{},
		"ses-lambda-event.json":                       events.SimpleEmailEvent{},
		"sns-event.json":                              events.SNSEvent{},
		"sqs-event.json":                              events.SQSEvent{},
	} {
		data, found := samples[name]
		if !found {
			t.Errorf("there is no sample %s", name)
		} else if !decodesLikeEncodingJSON(t, decodePlansOf(reflect.TypeOf(event)), data) {
			t.Errorf("%s is left to encoding/json", name)
		}
	}
}

func TestAnswersAreNotLeftToEncodingJSON(t *testing.T) {
	plans := &encodePlans{}
	for _, answer := range []any{
		nil, 1, "text", true,
		[]string{"a"},
		map[string]any{"a": []any{1.5, nil, map[string]any{}}},
		plain{},
		&nested{},
		events.APIGatewayProxyResponse{Headers: map[string]string{"b": "1", "a": "2"}, Body: `{"a":1}`},
		events.APIGatewayV2HTTPResponse{Cookies: []string{"a=b"}, IsBase64Encoded: true},
		events.ALBTargetGroupResponse{MultiValueHeaders: map[string][]string{"a": {"b", "c"}}},
		events.APIGatewayCustomAuthorizerResponse{Context: map[string]any{"n": 1}},
		&events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{{ItemIdentifier: "1"}}},
		events.KinesisFirehoseResponse{Records: []events.KinesisFirehoseResponseRecord{{Data: []byte("data")}}},
		&events.CognitoEventUserPoolsPreSignup{},
		events.DynamoDBEventResponse{},
	} {
		if !encodesLikeEncodingJSON(t, plans, answer) {
			t.Errorf("%T is left to encoding/json", answer)
		}
	}
}

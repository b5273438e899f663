package product

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// A plain application's magefile describes a queue of its stack and that Lambda reads it: as Go values, which cross to
// the deploy program.
func TestAPlainApplicationReadsAQueueOfItsStack(t *testing.T) {
	needHost(t)
	account := newAccount(t, "example.com/shop")
	const source = `package main

import (
	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	lambda.Start(func(event events.SQSEvent) (string, error) { return event.Records[0].EventSourceARN, nil })
}
`
	if err := writeFile("main.go", source); err != nil {
		t.Fatal(err)
	}
	service := spartamage.Service{
		Name:     "Shop",
		Function: "take",
		EventSourceMappings: []sparta.EventSourceMapping{
			{EventSourceArn: cloudformation.GetAtt{"Jobs", "Arn"}, BatchSize: 5},
		},
		Permissions: sparta.Permissions{
			sparta.LambdaPermission{Principal: "iot.amazonaws.com"},
		},
		Resources: map[string]cloudformation.Resource{"Jobs": {Type: "AWS::SQS::Queue"}},
	}
	var answer, log bytes.Buffer
	err := spartamage.Invoke(t.Context(), spartamage.InvokeOptions{
		Service: service, Sample: "sqs", Stdin: strings.NewReader(""), Stdout: &answer, Stderr: &log,
	})
	if err != nil || answer.String() != "\"arn:aws:sqs:us-east-1:123456789012:Shop-Jobs\"\n" {
		t.Errorf("the answer to a sample event is %s (error: %v)\n%s", &answer, err, &log)
	}
	deployed(t, service, "provision")
	var found struct {
		EventSourceMappings []struct {
			EventSourceArn, FunctionArn string
			BatchSize                   int
		}
	}
	account.CLI(t, &found, "lambda", "list-event-source-mappings")
	if list := found.EventSourceMappings; len(list) != 1 || list[0].BatchSize != 5 ||
		!strings.Contains(list[0].EventSourceArn, ":sqs:") || !strings.HasSuffix(list[0].FunctionArn, ":Shop-take") {
		t.Errorf("the account has the mappings %+v, want that of the queue", list)
	}
	policy := string(account.CLI(t, nil, "lambda", "get-policy", "--function-name", "Shop-take"))
	if !strings.Contains(policy, "iot.amazonaws.com") {
		t.Errorf("the function's policy is %s, want that IoT may invoke it", policy)
	}
	if said := deployed(t, service, "provision"); !strings.Contains(said, "no changes") {
		t.Errorf("the second run does not say that nothing changes:\n%s", said)
	}
	deployed(t, service, "delete", "--yes")
	account.CLI(t, &found, "lambda", "list-event-source-mappings")
	if len(found.EventSourceMappings) != 0 {
		t.Errorf("mappings %+v are left", found.EventSourceMappings)
	}
}

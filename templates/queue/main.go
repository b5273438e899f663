// A function that works through an SQS queue of its own stack. Only the messages that it could not handle are tried
// again, and move to a second queue in the end.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"

	"github.com/aws/aws-lambda-go/events"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

type order struct {
	ID string `json:"id"`
}

// work returns the messages that failed. Lambda deletes the others from the queue.
func work(ctx context.Context, event events.SQSEvent) (events.SQSEventResponse, error) {
	response := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
	for _, message := range event.Records {
		if err := handle(ctx, message); err != nil {
			log.Printf("message %s: %v", message.MessageId, err)
			failure := events.SQSBatchItemFailure{ItemIdentifier: message.MessageId}
			response.BatchItemFailures = append(response.BatchItemFailures, failure)
		}
	}
	return response, nil
}

// handle works on one message, which SQS may deliver more than once.
func handle(_ context.Context, message events.SQSMessage) error {
	var o order
	if err := json.Unmarshal([]byte(message.Body), &o); err != nil {
		return fmt.Errorf("read the order: %w", err)
	}
	if o.ID == "" {
		return errors.New("the order has no ID")
	}
	log.Printf("order %s is done", o.ID)
	return nil
}

const timeout = 10 // seconds

// addQueues adds the queue, and the one for messages that failed three times.
func addQueues(_ context.Context, workflow *sparta.Workflow) error {
	workflow.Template.Outputs["OrdersURL"] = cloudformation.Output{
		Description: "Where to send orders", Value: cloudformation.Ref("Orders"),
	}
	return errors.Join(
		workflow.Template.Add("Failed", &cloudformation.Resource{Type: "AWS::SQS::Queue", Properties: map[string]any{
			"MessageRetentionPeriod": 14 * 24 * 60 * 60,
		}}),
		workflow.Template.Add("Orders", &cloudformation.Resource{Type: "AWS::SQS::Queue", Properties: map[string]any{
			"VisibilityTimeout": 6 * timeout, // as AWS recommends
			"RedrivePolicy": map[string]any{
				"deadLetterTargetArn": cloudformation.GetAtt{"Failed", "Arn"}, "maxReceiveCount": 3,
			},
		}}),
	)
}

func main() {
	function := sparta.HandleAWSLambda("work", work, sparta.IAMRoleDefinition{})
	function.Options.Timeout = timeout
	function.EventSourceMappings = []*sparta.EventSourceMapping{{
		EventSourceArn:        cloudformation.GetAtt{"Orders", "Arn"},
		BatchSize:             10,
		FunctionResponseTypes: []string{"ReportBatchItemFailures"},
	}}
	hooks := &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{addQueues}}
	err := cgo.MainEx("my-service", "Works through a queue", []*sparta.LambdaAWSInfo{function}, nil, nil, hooks)
	if err != nil {
		log.Fatal(err)
	}
}

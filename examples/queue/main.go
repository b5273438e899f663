// Queue is a function that works through an SQS queue of its own stack. Only the messages that it could not handle are
// tried again, and end up in a second queue.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"

	"github.com/aws/aws-lambda-go/events"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

type order struct {
	Order int `json:"order"`
}

// ship reports the messages that it could not handle. Lambda deletes the others from the queue.
func ship(_ context.Context, event events.SQSEvent) (events.SQSEventResponse, error) {
	response := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
	for _, message := range event.Records {
		var o order
		if err := json.Unmarshal([]byte(message.Body), &o); err != nil || o.Order == 0 {
			log.Printf("message %s is not an order: %s", message.MessageId, message.Body)
			response.BatchItemFailures = append(response.BatchItemFailures,
				events.SQSBatchItemFailure{ItemIdentifier: message.MessageId})
			continue
		}
		log.Printf("order %d from %s is shipped", o.Order, message.EventSourceARN)
	}
	return response, nil
}

// addQueues adds the queue, and the one for messages that failed three times.
func addQueues(_ context.Context, workflow *sparta.Workflow) error {
	failed := &cloudformation.Resource{Type: "AWS::SQS::Queue", Properties: map[string]any{
		"MessageRetentionPeriod": 14 * 24 * 60 * 60,
	}}
	orders := &cloudformation.Resource{Type: "AWS::SQS::Queue", Properties: map[string]any{
		"VisibilityTimeout": 60, // six times the function's timeout
		"RedrivePolicy": map[string]any{
			"deadLetterTargetArn": cloudformation.GetAtt{"Failed", "Arn"}, "maxReceiveCount": 3,
		},
	}}
	workflow.Template.Outputs["OrdersURL"] = cloudformation.Output{
		Description: "Where to send orders", Value: cloudformation.Ref("Orders"),
	}
	if err := workflow.Template.Add("Failed", failed); err != nil {
		return fmt.Errorf("add the queue of failed orders: %w", err)
	}
	return workflow.Template.Add("Orders", orders)
}

func main() {
	function, err := sparta.NewAWSLambda("ship", ship, sparta.IAMRoleDefinition{})
	if err != nil {
		panic(err)
	}
	function.Options.Timeout = 10
	function.EventSourceMappings = []*sparta.EventSourceMapping{{
		EventSourceArn:        cloudformation.GetAtt{"Orders", "Arn"},
		BatchSize:             10,
		FunctionResponseTypes: []string{"ReportBatchItemFailures"},
		ScalingConfig:         &sparta.EventSourceScalingConfig{MaximumConcurrency: 5},
	}}
	cgo.MainEx("SpartaQueue",
		"A function that works through a queue",
		[]*sparta.LambdaAWSInfo{function},
		nil,
		nil,
		&sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{addQueues}})
}

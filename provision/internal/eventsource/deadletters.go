package eventsource

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// sender is a service that sends a function's dead letters to a queue, which the queue's policy has to allow.
type sender struct {
	id        string // of the statement
	principal string
	source    any // ARN of what sends
}

// ownStatement is a statement that this package adds to a queue's policy.
type ownStatement map[string]any

// letSend allows a sender to send to a queue, if the queue is in the template. The field is that of the queue's ARN.
func letSend(template *cloudformation.Template, queue any, field string, by sender) error {
	id, err := queueOf(template, queue, field)
	if err != nil || id == "" {
		return err // the stack does not change the policy of a queue outside of it
	}
	policy, err := queuePolicy(template, id)
	if err != nil {
		return err
	}
	document, _ := policy.Properties["PolicyDocument"].(map[string]any)
	statements, _ := document["Statement"].([]any)
	end := len(statements) // where this statement goes: after those of hooks, and sorted among its own kind
	for end > 0 {
		own, ok := statements[end-1].(ownStatement)
		if !ok || fmt.Sprint(own["Sid"]) < by.id {
			break
		}
		end--
	}
	document["Statement"] = slices.Insert(statements, end, any(ownStatement{
		"Sid":       by.id,
		"Effect":    "Allow",
		"Principal": map[string]any{"Service": by.principal},
		"Action":    "sqs:SendMessage",
		"Resource":  cloudformation.GetAtt{id, "Arn"},
		"Condition": map[string]any{"ArnEquals": map[string]any{"aws:SourceArn": by.source}},
	}))
	return nil
}

// queueOf is the logical ID of the queue, if it is in the template. It returns an error if the queue is FIFO or not a
// queue at all.
func queueOf(template *cloudformation.Template, queue any, field string) (string, error) {
	resource, err := resourceOf(template, field, queue, "sqs", "AWS::SQS::Queue", "an SQS queue")
	if err != nil {
		return "", err
	}
	words := show.Expression(queue)
	if strings.HasSuffix(words, ".fifo") || resource != nil && isTrue(resource.Properties["FifoQueue"]) {
		return "", fmt.Errorf("%s %s is a FIFO queue, which does not receive dead letters of events: "+
			"use a standard one", field, words)
	}
	if resource == nil {
		return "", nil
	}
	targets, err := cloudformation.References(queue)
	if err == nil && words == targets[0] {
		err = fmt.Errorf("%s refers to the URL of queue %s: use its ARN, cloudformation.GetAtt{%q, \"Arn\"}", field,
			words, words)
	}
	return targets[0], err
}

// queuePolicy is the policy of a queue of the template: the one that a hook has added, or a new one. A queue has only
// one: each AWS::SQS::QueuePolicy replaces it.
func queuePolicy(template *cloudformation.Template, queue string) (*cloudformation.Resource, error) {
	for _, name := range slices.Sorted(maps.Keys(template.Resources)) {
		resource := template.Resources[name]
		if resource == nil || resource.Type != "AWS::SQS::QueuePolicy" {
			continue
		}
		targets, err := cloudformation.References(resource.Properties["Queues"])
		if err != nil || !slices.Contains(targets, queue) {
			continue
		}
		if extended := extensible(resource); extended != nil && len(targets) == 1 {
			template.Resources[name] = extended
			return extended, nil
		}
		return nil, fmt.Errorf("queue %s has the policy %s, which cannot be extended by a statement for dead letters: "+
			"make its PolicyDocument a map[string]any with a Statement that is a []any, for this queue only",
			queue, name)
	}
	policy := &cloudformation.Resource{
		Type: "AWS::SQS::QueuePolicy",
		Properties: map[string]any{
			"Queues":         []any{cloudformation.Ref(queue)},
			"PolicyDocument": map[string]any{"Version": "2012-10-17", "Statement": []any{}},
		},
	}
	return policy, template.Add(queue+"DeadLettersPolicy", policy)
}

// extensible is a copy of a policy, to whose statements others can be added: a hook may use its own policy again. It is
// nil if the policy does not consist of maps and lists.
func extensible(policy *cloudformation.Resource) *cloudformation.Resource {
	document, _ := policy.Properties["PolicyDocument"].(map[string]any)
	var statements []any
	switch given := document["Statement"].(type) {
	case []any:
		statements = slices.Clone(given)
	case []map[string]any:
		for _, statement := range given {
			statements = append(statements, statement)
		}
	default:
		return nil
	}
	extended := *policy
	extended.Properties = maps.Clone(policy.Properties)
	document = maps.Clone(document)
	document["Statement"] = statements
	extended.Properties["PolicyDocument"] = document
	return &extended
}

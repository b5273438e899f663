package template

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// deadLetters get the events that the function failed to handle.
type deadLetters struct{ absent }

func (deadLetters) configure(f function, resource *cloudformation.Resource) {
	if target := f.options.DeadLetterConfigArn; target != nil {
		resource.Properties["DeadLetterConfig"] = map[string]any{"TargetArn": target}
	}
}

func (deadLetters) statements(f function) []map[string]any {
	target := f.options.DeadLetterConfigArn
	if target == nil {
		return nil
	}
	return []map[string]any{iam.Allow(target, deadLetterActions(target)...)}
}

// deadLetterActions are the actions that send to a queue or a topic: those of both for an intrinsic, which may refer to
// either.
func deadLetterActions(target any) []string {
	arn, isText := target.(string)
	switch {
	case isText && strings.Contains(arn, ":sqs:"):
		return []string{"sqs:SendMessage"}
	case isText:
		return []string{"sns:Publish"}
	}
	return []string{"sqs:SendMessage", "sns:Publish"}
}

func (deadLetters) neighbours(f function) []show.Neighbour {
	if f.options.DeadLetterConfigArn == nil {
		return nil
	}
	target := show.Expression(f.options.DeadLetterConfigArn)
	return []show.Neighbour{{Title: target, Subtitle: "dead letters"}}
}

func (deadLetters) facts(f function) []show.Fact {
	if f.options.DeadLetterConfigArn == nil {
		return nil
	}
	return []show.Fact{{Name: "Dead letters", Value: show.Expression(f.options.DeadLetterConfigArn)}}
}

// CheckDeadLetters returns an error if a resource of the template that functions send dead letters to is one that
// Lambda refuses. Hooks may have added it after the functions.
func CheckDeadLetters(template *cloudformation.Template) error {
	var errs []error
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		function := template.Resources[id]
		if function == nil || function.Type != "AWS::Lambda::Function" {
			continue
		}
		config, ok := function.Properties["DeadLetterConfig"].(map[string]any)
		if !ok {
			continue
		}
		targets, err := cloudformation.References(config["TargetArn"])
		if err != nil || len(targets) != 1 || template.Resources[targets[0]] == nil {
			continue // an ARN of its own, a parameter, or what Validate reports
		}
		if isFIFO(template.Resources[targets[0]]) {
			errs = append(errs, fmt.Errorf("dead letter target %s of %s is a FIFO queue or topic, "+
				"to which Lambda does not send: use a standard one", targets[0], id))
		}
	}
	return errors.Join(errs...)
}

// isFIFO reports whether a resource is a FIFO queue or topic.
func isFIFO(resource *cloudformation.Resource) bool {
	property := map[string]string{"AWS::SQS::Queue": "FifoQueue", "AWS::SNS::Topic": "FifoTopic"}[resource.Type]
	return fmt.Sprint(resource.Properties[property]) == "true"
}

package template

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
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
	return []map[string]any{allow(target, deadLetterActions(target)...)}
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

func (deadLetters) neighbours(f function) []Neighbour {
	if f.options.DeadLetterConfigArn == nil {
		return nil
	}
	target := show.Expression(f.options.DeadLetterConfigArn)
	return []Neighbour{{Title: target, Subtitle: "dead letters"}}
}

func (deadLetters) facts(f function) []Fact {
	if f.options.DeadLetterConfigArn == nil {
		return nil
	}
	return []Fact{{"Dead letters", show.Expression(f.options.DeadLetterConfigArn)}}
}

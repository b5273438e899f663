package decorator

import (
	"context"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// PublishAttOutputDecorator adds an output with an attribute of a function, such as Arn. The output's name is key
// without the characters that are not letters or digits.
func PublishAttOutputDecorator(keyName, description, fieldName string) sparta.TemplateDecoratorHookFunc {
	return func(_ context.Context, w *sparta.Workflow) error {
		return addOutput(w, keyName, description, cloudformation.GetAtt{w.LogicalID, fieldName})
	}
}

// PublishRefOutputDecorator adds an output with the name of a function. The output's name is key without the characters
// that are not letters or digits.
func PublishRefOutputDecorator(keyName, description string) sparta.TemplateDecoratorHookFunc {
	return func(_ context.Context, w *sparta.Workflow) error {
		return addOutput(w, keyName, description, cloudformation.Ref(w.LogicalID))
	}
}

func addOutput(w *sparta.Workflow, key, description string, value any) error {
	name := strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			return c
		}
		return -1
	}, key)
	if name == "" {
		return fmt.Errorf("output %q has no letters or digits: choose another name", key)
	}
	if _, taken := w.Template.Outputs[name]; taken {
		return fmt.Errorf("the template already has an output %s: choose another name", name)
	}
	w.Template.Outputs[name] = cloudformation.Output{Description: description, Value: value}
	return nil
}

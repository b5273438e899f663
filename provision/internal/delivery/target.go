package delivery

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Target is what a rule sends to the function, and what happens if that fails. It may be nil.
type Target struct {
	*sparta.CloudWatchEventsRuleTarget
}

// Check returns an error if a setting of the target is invalid.
func (t Target) Check() error {
	if t.CloudWatchEventsRuleTarget == nil {
		return nil
	}
	var errs []error
	inputs := 0
	for _, set := range []bool{t.Input != nil, t.InputPath != "", t.InputTransformer != nil} {
		if set {
			inputs++
		}
	}
	if inputs > 1 {
		errs = append(errs, errors.New("RuleTarget has more than one of Input, InputPath and InputTransformer: "+
			"set one"))
	}
	if t.Input != nil {
		errs = append(errs, CheckInput("RuleTarget.Input", t.Input, 8192))
	}
	if t.InputPath != "" && !strings.HasPrefix(t.InputPath, "$") {
		errs = append(errs, fmt.Errorf("RuleTarget.InputPath %q is not a JSON path: use $.detail, for example",
			t.InputPath))
	}
	if t.InputTransformer != nil {
		errs = append(errs, checkTransformer(t.InputTransformer))
	}
	errs = append(errs, Optional("RuleTarget.DeadLetterConfigArn", t.DeadLetterConfigArn, "the ARN of an SQS queue"),
		CheckRetries("RuleTarget.RetryPolicy", t.RetryPolicy))
	return errors.Join(errs...)
}

// Properties are the properties of the target, without the function.
func (t Target) Properties() map[string]any {
	properties := map[string]any{}
	if t.CloudWatchEventsRuleTarget == nil {
		return properties
	}
	if t.Input != nil {
		properties["Input"] = t.Input
	}
	if t.InputPath != "" {
		properties["InputPath"] = t.InputPath
	}
	if t.InputTransformer != nil {
		transformer := map[string]any{"InputTemplate": t.InputTransformer.InputTemplate}
		if len(t.InputTransformer.InputPathsMap) > 0 {
			transformer["InputPathsMap"] = t.InputTransformer.InputPathsMap
		}
		properties["InputTransformer"] = transformer
	}
	if t.DeadLetterConfigArn != nil {
		properties["DeadLetterConfig"] = map[string]any{"Arn": t.DeadLetterConfigArn}
	}
	if policy := RetryPolicy(t.RetryPolicy); len(policy) > 0 {
		properties["RetryPolicy"] = policy
	}
	return properties
}

// Words describes the target in words that follow those of its rule.
func (t Target) Words() string {
	if t.CloudWatchEventsRuleTarget == nil {
		return ""
	}
	words := ""
	switch {
	case t.Input != nil:
		words = ", sends " + show.Expression(t.Input)
	case t.InputPath != "":
		words = ", sends " + t.InputPath
	case t.InputTransformer != nil:
		words = ", sends " + t.InputTransformer.InputTemplate
		if len(t.InputTransformer.InputPathsMap) > 0 {
			words += " with " + show.Expression(t.InputTransformer.InputPathsMap)
		}
	}
	return words + RetryWords(t.RetryPolicy) + DeadLetterWords(t.DeadLetterConfigArn)
}

// DeadLetterWords describes a dead-letter queue in words that follow others.
func DeadLetterWords(queue any) string {
	if queue == nil {
		return ""
	}
	return ", dead letters to " + show.Expression(queue)
}

package stack

import (
	"fmt"
	"maps"

	"github.com/go-sparta/sparta/sparta"
)

// Tags are the tags of a stack and all its resources: Sparta's own and the
// user's, who has the last word, but for whose stack it is.
//
// No tag differs from build to build: CloudFormation passes the tags of a stack to its resources, so each deployment
// would modify every role and log group.
func Tags(given map[string]string, application string) (map[string]string, error) {
	if _, taken := given[ApplicationTag]; taken {
		return nil, fmt.Errorf("tag the stack: %s cannot be given: it says whose stack it is, and is set to %s",
			ApplicationTag, application)
	}
	tags := map[string]string{
		HomeTag:        "https://github.com/go-sparta/sparta",
		ApplicationTag: application,
	}
	maps.Copy(tags, given)
	if err := sparta.ValidateTags(tags); err != nil {
		return nil, fmt.Errorf("tag the stack: %w", err)
	}
	return tags, nil
}

// CheckFunctionTags returns an error if a function has too many tags together with those of the stack, which
// CloudFormation passes on to it.
func CheckFunctionTags(functions []*sparta.LambdaAWSInfo, stackTags map[string]string) error {
	for _, info := range functions {
		if info.Options == nil || len(info.Options.Tags) == 0 {
			continue
		}
		all := maps.Clone(stackTags)
		maps.Copy(all, info.Options.Tags)
		if err := sparta.ValidateTags(all); err != nil {
			return fmt.Errorf("function %s: with the stack's %d tags: %w", info.Name(), len(stackTags), err)
		}
	}
	return nil
}

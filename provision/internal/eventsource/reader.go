package eventsource

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// reader is a kind of source that Lambda reads with the rights of the function's role. Each has a file.
type reader struct {
	title        string // for people, for example SQS queue
	service      string // as ARNs name it
	resourceType string // CloudFormation's
	// check returns an error if settings of the mapping are not for sources of this kind.
	check func(mapping *sparta.EventSourceMapping) error
	// statements are what the function's role has to allow.
	statements func(mapping *sparta.EventSourceMapping) []map[string]any
}

func readers() []reader { return []reader{queue(), stream(), tableStream()} }

// readerOf finds the kind of a source by its ARN, or by the type of the template's resource that it refers to.
func readerOf(template *cloudformation.Template, source any) (reader, error) {
	words := show.Expression(source)
	if parts := strings.Split(words, ":"); strings.HasPrefix(words, "arn:") && len(parts) > 2 {
		for _, reader := range readers() {
			if reader.service == parts[2] {
				return reader, nil
			}
		}
		return reader{}, fmt.Errorf("EventSourceArn %s is of a service that Lambda does not read: use %s", words, titles())
	}
	resourceType, err := typeOf(template, source)
	if err != nil {
		return reader{}, fmt.Errorf("EventSourceArn %s: %w", words, err)
	}
	for _, reader := range readers() {
		if reader.resourceType == resourceType {
			return reader, nil
		}
	}
	return reader{}, fmt.Errorf("EventSourceArn %s refers to a resource of type %s, which Lambda does not read: use %s",
		words, resourceType, titles())
}

// typeOf is the type of the template's resource that an intrinsic refers to.
func typeOf(template *cloudformation.Template, source any) (string, error) {
	targets, err := cloudformation.References(source)
	if err != nil {
		return "", err
	}
	if template == nil || len(targets) != 1 || template.Resources[targets[0]] == nil {
		return "", fmt.Errorf("it is not known what this is, and so what the function's role has to allow: " +
			"use the ARN, or refer to a resource that is in the template before its functions are connected")
	}
	return template.Resources[targets[0]].Type, nil
}

func titles() string {
	var titles []string
	for _, reader := range readers() {
		titles = append(titles, reader.title)
	}
	return strings.Join(titles[:len(titles)-1], ", ") + " or " + titles[len(titles)-1]
}

package arn

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// Kind is a kind of resource.
type Kind struct {
	Title   string // for people, for example an SQS queue
	Service string // as ARNs name it
	// Attributes lists, by CloudFormation's types of such resources, the attributes that result in the ARN.
	Attributes map[string][]string
}

// Find returns the index of the kind that an ARN names or that an intrinsic's resource has, and that resource if it is
// in the template. Its errors begin with the value.
func Find(template *cloudformation.Template, source any, kinds []Kind) (int, *cloudformation.Resource, error) {
	var titles []string
	for _, kind := range kinds {
		titles = append(titles, kind.Title)
	}
	if service := Service(source); service != "" {
		for i, kind := range kinds {
			if kind.Service == service {
				return i, nil, nil
			}
		}
		return 0, nil, fmt.Errorf("%s is of service %s: use %s", show.Expression(source), service, Alternatives(titles))
	}
	if text, isText := source.(string); isText {
		return 0, nil, fmt.Errorf("%q is not an ARN: use the ARN of %s", text, Alternatives(titles))
	}
	targets, err := cloudformation.References(source)
	if err != nil {
		return 0, nil, fmt.Errorf("%s: %w", show.Expression(source), err)
	}
	if template == nil || len(targets) != 1 || template.Resources[targets[0]] == nil {
		if template != nil && len(targets) == 1 && !isParameter(template, targets[0]) {
			return 0, nil, fmt.Errorf("%s: %w", show.Expression(source), missingResource(targets[0]))
		}
		return 0, nil, fmt.Errorf("%s: %w", show.Expression(source), ErrUnknownKind)
	}
	resource := template.Resources[targets[0]]
	for i, kind := range kinds {
		attributes := kind.Attributes[resource.Type]
		if attributes == nil {
			continue
		}
		if attribute := Attribute(source); attribute != "" && !slices.Contains(attributes, attribute) {
			right := fmt.Sprintf("cloudformation.GetAtt{%q, %q}", targets[0], attributes[0])
			if attributes[0] == "Ref" {
				right = fmt.Sprintf("cloudformation.Ref(%q)", targets[0])
			}
			return 0, nil, fmt.Errorf("is %s of %s, which is not the ARN of this %s: use %s", attribute, targets[0],
				resource.Type, right)
		}
		return i, resource, nil
	}
	return 0, nil, fmt.Errorf("%s refers to a resource of type %s: use %s", show.Expression(source), resource.Type,
		Alternatives(titles))
}

// ErrUnknownKind reports a source whose kind is known only to AWS.
var ErrUnknownKind = errors.New("the kind of this resource is unknown, so the function's role cannot be given " +
	"access to it: use the ARN, or refer to a resource that the template has when the ServiceDecorator hooks " +
	"have ended")

// missingResource is the logical ID of a source that the template does not have. A decorator may add it later, so its
// kind is unknown, as that of other sources.
type missingResource string

func (id missingResource) Error() string {
	return fmt.Sprintf("the template has no resource %s: add it in a PreMarshall hook, or in the Resources of a "+
		"magefile's Service", string(id))
}

func (missingResource) Is(target error) bool { return target == ErrUnknownKind }

func isParameter(template *cloudformation.Template, name string) bool {
	_, declared := template.Parameters[name]
	return declared || strings.HasPrefix(name, "AWS::")
}

// IsFIFO reports whether a queue or a topic is a FIFO one.
func IsFIFO(arn any, resource *cloudformation.Resource) bool {
	if resource == nil {
		return strings.HasSuffix(Outline(arn), ".fifo")
	}
	property := map[string]string{"AWS::SQS::Queue": "FifoQueue", "AWS::SNS::Topic": "FifoTopic"}[resource.Type]
	return fmt.Sprint(resource.Properties[property]) == "true"
}

// Alternatives lists the accepted values, for example: a, b or c.
func Alternatives(values []string) string {
	if len(values) == 1 {
		return values[0]
	}
	return strings.Join(values[:len(values)-1], ", ") + " or " + values[len(values)-1]
}

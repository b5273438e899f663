// Package discover gives functions what sparta.Discover returns.
package discover

import (
	"encoding/base64"
	"fmt"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/discovery"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta"
)

// maxEnvironment is the size limit of a function's variables, in bytes of JSON.
const maxEnvironment = 4096

// Function is a function that depends on something.
type Function struct {
	ID        string            // its logical ID
	DependsOn map[string]string // logical IDs, by the names in DependsOn
	Siblings  map[string]string // names in AWS of the service's functions, by their logical IDs
}

// Variable returns the value of discovery.Variable, for the resources that the template has by now.
func (f Function) Variable(template *cloudformation.Template) (any, error) {
	values := map[string]any{}
	refer := func(resource *cloudformation.Resource, id, attribute string) string {
		name := id
		var value any = cloudformation.Ref(id)
		if attribute != "" {
			name, value = id+"."+attribute, cloudformation.GetAtt{id, attribute}
		}
		if resource.Condition == "" {
			return "${" + name + "}"
		}
		name = fmt.Sprintf("Conditional%d", len(values))
		values[name] = cloudformation.If{Condition: resource.Condition, Then: value, Else: ""}
		return "${" + name + "}"
	}
	info := f.info(template, refer)
	info.Region, info.StackID, info.StackName = "${AWS::Region}", "${AWS::StackId}", "${AWS::StackName}"
	text, err := plainjson.Marshal(info)
	if err != nil {
		return nil, err
	}
	return cloudformation.Base64{Value: cloudformation.SubWith{Text: string(text), Values: values}}, nil
}

// info describes the function's resources. Refer returns the value of an attribute, or that of Ref if it has no name.
func (f Function) info(
	template *cloudformation.Template, refer func(resource *cloudformation.Resource, id, attribute string) string,
) sparta.DiscoveryInfo {
	info := sparta.DiscoveryInfo{ResourceID: f.ID, Resources: map[string]sparta.DiscoveryResource{}}
	for _, name := range slices.Sorted(maps.Keys(f.DependsOn)) {
		id := f.DependsOn[name]
		described := sparta.DiscoveryResource{ResourceID: id, Properties: map[string]string{}}
		resource := template.Resources[id]
		if resource == nil && f.Siblings[id] != "" { // the order of the functions makes no difference
			resource = &cloudformation.Resource{Type: "AWS::Lambda::Function"}
		}
		if resource != nil { // otherwise it does not exist yet, or is reported
			described.ResourceType = resource.Type
			described.ResourceRef = refer(resource, id, "")
			for _, attribute := range attributes(resource) {
				described.Properties[attribute] = refer(resource, id, attribute)
			}
		}
		info.Resources[name] = described
	}
	return info
}

// attributes returns the attributes of a resource that the original's Discover has, too.
func attributes(resource *cloudformation.Resource) []string {
	switch resource.Type {
	case "AWS::DynamoDB::Table":
		if resource.Properties["StreamSpecification"] != nil {
			return []string{"StreamArn"}
		}
	case "AWS::Kinesis::Stream":
		return []string{"Arn"}
	case "AWS::S3::Bucket":
		return []string{"DomainName", "WebsiteURL"}
	case "AWS::SNS::Topic":
		return []string{"TopicName"}
	case "AWS::SQS::Queue":
		return []string{"Arn", "QueueName"}
	}
	return nil
}

// AddTo adds the variable to the function's resource, unless the application sets it, and removes the dependencies
// that follow from its references. It returns an error if the environment is too large, whatever names AWS chooses.
func (f Function) AddTo(template *cloudformation.Template, region, stack string) error {
	resource := template.Resources[f.ID]
	environment, ok := resource.Properties["Environment"].(map[string]any)
	own, isMap := environment["Variables"].(map[string]any)
	if !ok || !isMap {
		return fmt.Errorf("a hook has replaced the environment of %s, so that %s cannot be completed: "+
			"change the map[string]any Environment.Variables instead", f.ID, discovery.Variable)
	}
	variables := maps.Clone(own)
	value, err := f.Variable(template)
	if err != nil {
		return err
	}
	variables[discovery.Variable] = value
	environment["Variables"] = variables
	resource.DependsOn = slices.DeleteFunc(slices.Clone(resource.DependsOn), func(id string) bool {
		return template.Resources[id] != nil && slices.Contains(slices.Collect(maps.Values(f.DependsOn)), id)
	})
	return f.checkSize(template, variables, region, stack)
}

// shortest returns an attribute, or a Ref, that is not longer than that of any resource of the type.
func shortest(resourceType, attribute, region string) string {
	switch {
	case resourceType == "AWS::SQS::Queue" && attribute == "":
		return "https://sqs." + region + ".amazonaws.com/123456789012/"
	case resourceType == "AWS::SNS::Topic" && attribute == "", attribute == "Arn", attribute == "StreamArn":
		return "arn:aws:sns:" + region + ":123456789012:"
	}
	return ""
}

// checkSize returns an error if the variables are too large even if the names that AWS chooses are empty.
func (f Function) checkSize(template *cloudformation.Template, variables map[string]any, region, stack string) error {
	info := f.info(template, func(resource *cloudformation.Resource, _, attribute string) string {
		return shortest(resource.Type, attribute, region)
	})
	info.Region, info.StackName = region, stack
	info.StackID = "arn:aws:cloudformation:" + region + ":123456789012:stack/" + stack +
		"/12345678-1234-1234-1234-123456789012"
	text, err := plainjson.Marshal(info)
	if err != nil {
		return err
	}
	known := map[string]string{}
	for name, value := range variables {
		if literal, isText := expression.Text(value); isText && !sparta.IsDynamicReference(value) {
			known[name] = literal
		} else {
			known[name] = ""
		}
	}
	known[discovery.Variable] = base64.StdEncoding.EncodeToString(text)
	encoded, err := plainjson.Marshal(known)
	if err == nil && len(encoded) > maxEnvironment {
		err = fmt.Errorf("environment of at least %d bytes as JSON is too large: use up to %d; %s, which describes "+
			"the %d resources of DependsOn, has %d of them: list fewer resources, or keep variables in Parameter "+
			"Store or Secrets Manager", len(encoded), maxEnvironment, discovery.Variable, len(f.DependsOn),
			len(known[discovery.Variable]))
	}
	return err
}

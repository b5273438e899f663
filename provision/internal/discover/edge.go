package discover

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/discovery"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/sparta"
)

// AtEdge returns what is known about the resources of a function for edge locations, which has no environment, when its
// package is made. An error names what is not known yet.
func (f Function) AtEdge(template *cloudformation.Template, stack string) (*sparta.DiscoveryInfo, error) {
	info := &sparta.DiscoveryInfo{
		ResourceID: f.ID, Region: discovery.EdgeRegion, StackName: stack,
		Resources: map[string]sparta.DiscoveryResource{},
	}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(f.DependsOn)) {
		id := f.DependsOn[name]
		described := sparta.DiscoveryResource{ResourceID: id, Properties: map[string]string{}}
		if inAWS := f.Siblings[id]; inAWS != "" {
			described.ResourceRef, described.ResourceType = inAWS, "AWS::Lambda::Function"
		} else if err := describeNamed(&described, template.Resources[id], stack); err != nil {
			errs = append(errs, fmt.Errorf("%s of DependsOn: a function for edge locations has no environment: "+
				"its package contains what is known before the deployment, but %w", name, err))
		}
		info.Resources[name] = described
	}
	if len(errs) > 0 { // whether the function calls Discover is not known
		errs = append(errs, errors.New("if DependsOn has it only for the order of the deployment: add it to "+
			"Workflow.Resource.DependsOn in a decorator of the function instead"))
	}
	return info, errors.Join(errs...)
}

// describeNamed describes a resource whose name the template contains.
func describeNamed(described *sparta.DiscoveryResource, resource *cloudformation.Resource, stack string) error {
	if resource == nil {
		return errors.New("the resource does not exist yet: add it in a PreMarshall hook, or remove it from DependsOn")
	}
	property := nameProperty(resource.Type)
	if property == "" {
		return fmt.Errorf("the Ref of an %s is not: remove it from DependsOn", resource.Type)
	}
	ref, known := literal(resource.Properties[property], stack)
	if !known {
		return fmt.Errorf("the resource's %s is not: set it to text, or remove the resource from DependsOn", property)
	}
	described.ResourceRef, described.ResourceType = ref, resource.Type
	for _, attribute := range attributes(resource) {
		switch attribute {
		case "DomainName":
			described.Properties[attribute] = ref + ".s3.amazonaws.com"
		case "WebsiteURL":
			described.Properties[attribute] = "http://" + ref + ".s3-website-" + discovery.EdgeRegion + ".amazonaws.com"
		default:
			return fmt.Errorf("%s is not: remove the resource from DependsOn", attribute)
		}
	}
	return nil
}

// nameProperty is the property with what Ref returns, or empty if Ref returns something else.
func nameProperty(resourceType string) string {
	switch resourceType {
	case "AWS::S3::Bucket":
		return "BucketName"
	case "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable":
		return "TableName"
	case "AWS::Kinesis::Stream", "AWS::SSM::Parameter":
		return "Name"
	case "AWS::Logs::LogGroup":
		return "LogGroupName"
	case "AWS::IAM::Role":
		return "RoleName"
	case "AWS::Lambda::Function":
		return "FunctionName"
	}
	return ""
}

// literal is the text of a value that refers to nothing but the stack's name and region.
func literal(value any, stack string) (text string, known bool) {
	if text, known := expression.Text(value); known && !sparta.IsDynamicReference(value) {
		return text, text != ""
	}
	tree, _ := arn.Generic(value).(map[string]any)
	text, _ = tree["Fn::Sub"].(string)
	text = strings.NewReplacer("${AWS::StackName}", stack, "${AWS::Region}", discovery.EdgeRegion).Replace(text)
	return text, text != "" && !strings.Contains(text, "${")
}

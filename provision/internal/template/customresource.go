package template

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/customresource"
	"github.com/go-sparta/sparta/provision/internal/eventsource"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// dependencies are what the stack creates before the function: its custom resources, and what DependsOn names.
type dependencies struct{ absent }

func (dependencies) configure(f function, resource *cloudformation.Resource) {
	for _, custom := range f.info.CustomResources() {
		resource.DependsOn = append(resource.DependsOn, custom.LogicalName)
	}
	// connectDependencies replaces names of functions, which a function alone does not know.
	resource.DependsOn = append(resource.DependsOn, f.info.DependsOn...)
}

func (dependencies) permissions() []string { return customresource.Permissions() }

func (dependencies) facts(f function) []show.Fact {
	var facts []show.Fact
	for _, custom := range f.info.CustomResources() {
		value := fmt.Sprintf("%s, made by %s within %d s", custom.LogicalName, custom.Function, custom.Timeout)
		for _, name := range slices.Sorted(maps.Keys(custom.Properties)) {
			value += fmt.Sprintf(", %s=%s", name, show.Expression(custom.Properties[name]))
		}
		facts = append(facts, show.Fact{Name: "Custom resource", Value: value})
	}
	if len(f.info.DependsOn) > 0 {
		facts = append(facts, show.Fact{Name: "Depends on", Value: strings.Join(f.info.DependsOn, ", ")})
	}
	return facts
}

// connectDependencies adds the custom resources that a function requires, and checks what it depends on.
func connectDependencies(template *cloudformation.Template, f function, all []*sparta.LambdaAWSInfo) error {
	resource := template.Resources[string(f.ref())]
	if resource == nil {
		return nil // a hook has removed it
	}
	for i, name := range resource.DependsOn {
		if slices.Contains(f.info.DependsOn, name) {
			resource.DependsOn[i] = dependency(all, name)
		}
	}
	for _, custom := range f.info.CustomResources() {
		if err := addCustomResource(template, custom, all); err != nil {
			return err
		}
	}
	return nil
}

func addCustomResource(
	template *cloudformation.Template, custom sparta.CustomResource, all []*sparta.LambdaAWSInfo,
) error {
	position := slices.IndexFunc(all, func(info *sparta.LambdaAWSInfo) bool { return info.Name() == custom.Function })
	if position < 0 {
		return fmt.Errorf("custom resource %s: the service has no function %s", custom.LogicalName, custom.Function)
	}
	runner := newFunction(all[position])
	properties := maps.Clone(custom.Properties)
	if properties == nil {
		properties = map[string]any{}
	}
	properties["ServiceToken"] = any(cloudformation.GetAtt{string(runner.ref()), "Arn"})
	if runner.options.AliasName() != "" {
		properties["ServiceToken"] = cloudformation.Ref(runner.aliasID())
	}
	properties["ServiceTimeout"] = custom.Timeout
	return template.Add(custom.LogicalName, &cloudformation.Resource{
		Type: "AWS::CloudFormation::CustomResource", Properties: properties,
	})
}

// checkCircles returns an error if a custom resource or a dependency of the function itself needs the function.
func checkCircles(template *cloudformation.Template, f function, all []*sparta.LambdaAWSInfo) error {
	for _, custom := range f.info.CustomResources() {
		if eventsource.Reaches(template, custom.LogicalName, string(f.ref())) {
			return fmt.Errorf("custom resource %s needs the function, which is created after it: "+
				"remove the references from its properties, its function or its role", custom.LogicalName)
		}
	}
	for _, name := range f.info.DependsOn {
		if eventsource.Reaches(template, dependency(all, name), string(f.ref())) {
			return fmt.Errorf("%s of DependsOn needs the function, which is created after it: remove it", name)
		}
	}
	return nil
}

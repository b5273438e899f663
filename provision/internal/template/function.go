package template

import (
	"errors"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// function is one function on its way into a template.
type function struct {
	info      *sparta.LambdaAWSInfo
	options   sparta.LambdaFunctionOptions
	pkg       Package
	stack     string // its name
	region    string // empty if it is not known
	id        string // what the logical ids of all its resources begin with
	versionID string // logical id of the version to publish; empty means none
}

// describedFunction is a function of which neither package nor stack are known.
func describedFunction(info *sparta.LambdaAWSInfo) function {
	f := function{info: info, id: logicalID(info.Name())}
	if info.Options != nil {
		f.options = *info.Options
	}
	return f
}

func newFunction(info *sparta.LambdaAWSInfo, pkg Package, stack, region string) (function, error) {
	f := describedFunction(info)
	f.pkg, f.stack, f.region = pkg, stack, region
	var errs []error
	for _, feature := range features() {
		errs = append(errs, feature.check(f))
	}
	err := errors.Join(errs...)
	if err == nil && f.options.PublishesVersions() {
		f.versionID, err = f.newVersionID(pkg.SHA256)
	}
	return f, err
}

// name is the function's name in AWS, whatever the stack is called.
func (f function) name() cloudformation.Sub {
	return cloudformation.Sub(FunctionName("${AWS::StackName}", f.info.Name()))
}

func (f function) ref() cloudformation.Ref { return cloudformation.Ref(f.id + "Function") }

// addTo adds the function and all that belongs to it. Code is its Code property.
func (f function) addTo(template *cloudformation.Template, code map[string]any) error {
	resource := f.resource()
	resource.Properties["Code"] = code
	if err := template.Add(string(f.ref()), resource); err != nil {
		return err
	}
	for _, feature := range features() {
		if err := feature.addTo(template, f); err != nil {
			return err
		}
	}
	return nil
}

// resource is the function's own, without its code.
func (f function) resource() *cloudformation.Resource {
	resource := &cloudformation.Resource{Type: "AWS::Lambda::Function", Properties: map[string]any{}}
	for _, feature := range features() {
		feature.configure(f, resource)
	}
	return resource
}

// statements are what the function's role allows: what its settings ask for,
// then what the application asks for.
func (f function) statements() []map[string]any {
	var statements []map[string]any
	for _, feature := range features() {
		statements = append(statements, feature.statements(f)...)
	}
	return statements
}

func (f function) outputs() []output {
	var outputs []output
	for _, feature := range features() {
		outputs = append(outputs, feature.outputs(f)...)
	}
	return outputs
}

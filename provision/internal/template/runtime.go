package template

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/elfcheck"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// runtime is what every function has: a name, and the Python that runs it.
type runtime struct{ absent }

func (runtime) check(f function) error {
	python, err := elfcheck.Lookup(f.pkg.Python)
	if err != nil {
		return err
	}
	return python.Supports(f.pkg.GOARCH)
}

func (runtime) configure(f function, resource *cloudformation.Resource) {
	resource.Properties["FunctionName"] = f.name()
	resource.Properties["Runtime"] = f.pkg.Python
	resource.Properties["Handler"] = f.info.PythonHandler()
	resource.Properties["Architectures"] = []string{elfcheck.Architecture(f.pkg.GOARCH)}
}

func (runtime) permissions() []string {
	return []string{
		"lambda:CreateFunction", "lambda:DeleteFunction", "lambda:GetFunction",
		"lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration",
	}
}

func (runtime) outputs(f function) []output {
	id, name := string(f.ref()), f.info.Name()
	return []output{
		{
			arns,
			id + "Arn",
			cloudformation.Output{Description: "ARN of " + name, Value: cloudformation.GetAtt{id, "Arn"}},
		},
		{names, id + "Name", cloudformation.Output{Description: "Name of " + name, Value: f.ref()}},
	}
}

func (runtime) facts(f function) []show.Fact {
	return []show.Fact{{Name: "Handler", Value: f.info.PythonHandler()}}
}

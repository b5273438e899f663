package template

import "github.com/go-sparta/sparta/cloudformation"

// recursion is what Lambda does when the function invokes itself through a queue or a topic.
type recursion struct{ absent }

func (recursion) configure(f function, resource *cloudformation.Resource) {
	if f.options.RecursiveLoop != "" {
		resource.Properties["RecursiveLoop"] = f.options.RecursiveLoop
	}
}

func (recursion) permissions() []string {
	return []string{"lambda:PutFunctionRecursionConfig", "lambda:GetFunctionRecursionConfig"}
}

func (recursion) facts(f function) []Fact {
	return given(Fact{"Recursive loops", f.options.RecursiveLoop})
}

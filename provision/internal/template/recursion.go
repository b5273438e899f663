package template

import (
	"github.com/go-sparta/sparta/cloudformation"

	"github.com/go-sparta/sparta/provision/internal/show"
)

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

func (recursion) facts(f function) []show.Fact {
	return show.Given(show.Fact{Name: "Recursive loops", Value: f.options.RecursiveLoop})
}

package local

import (
	"github.com/go-sparta/sparta/provision/internal/page"
	"github.com/go-sparta/sparta/sparta"
)

// Picture draws a service, as on the page of describe: an element of SVG. Its links have the names of what they are
// about: data-function, data-sample, data-request and data-site.
func Picture(
	described *sparta.ServiceDescription, functions []*sparta.LambdaAWSInfo, hooks *sparta.WorkflowHooks,
) (string, error) {
	return page.Picture(serviceOf(described, functions, hooks))
}

// PictureWithRoles is Picture for functions whose own roles have given statements, by the functions' names: what they
// need because of their settings, and then their privileges.
func PictureWithRoles(
	described *sparta.ServiceDescription, functions []*sparta.LambdaAWSInfo, statements map[string][]map[string]any,
) (string, error) {
	service := serviceOf(described, functions, nil)
	service.Statements = statements
	return page.Picture(service)
}

func serviceOf(
	described *sparta.ServiceDescription, functions []*sparta.LambdaAWSInfo, hooks *sparta.WorkflowHooks,
) page.Service {
	return page.Service{
		Name: described.Name, Description: described.Description, Functions: functions,
		API: described.API, Site: described.Site, Hooks: hooks,
	}
}

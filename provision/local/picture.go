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
	return page.Picture(page.Service{
		Name: described.Name, Description: described.Description, Functions: functions,
		API: described.API, Site: described.Site, Hooks: hooks,
	})
}

package provision

import (
	"errors"
	"io"

	"github.com/go-sparta/sparta/provision/internal/page"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// Describe writes a page of HTML that shows a service: its functions, what may
// invoke them and what they may use, as a picture and in words. The page refers
// to nothing outside itself, is the same for the same service, and has the names
// of environment variables but not their values. The error of an invalid service
// is sparta.Validate's.
func Describe(service Service, out io.Writer) error {
	return page.Write(page.Service{
		Name: service.Name, Description: service.Description, Functions: service.Functions, API: service.API,
		Site: service.Site, Hooks: service.Hooks, PythonLayer: service.PythonLayer,
	}, out)
}

// CheckFront returns an error if the service's API or site is invalid.
func CheckFront(service Service) error {
	return errors.Join(template.CheckAPI(service.API, service.Functions), site.Check(service.Site))
}

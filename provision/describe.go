package provision

import (
	"io"

	"github.com/go-sparta/sparta/provision/internal/page"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// Describe writes a page of HTML that shows a service: its functions, what may
// invoke them and what they may use, as a picture and in words. The page refers
// to nothing outside itself, is the same for the same service, and has the names
// of environment variables but not their values. The error of an invalid service
// is sparta.Validate's.
func Describe(service Service, out io.Writer) error {
	return page.Write(service.Name, service.Description, service.Functions, service.API, service.Hooks, out)
}

// CheckAPI returns an error if the service's API is invalid.
func CheckAPI(service Service) error { return template.CheckAPI(service.API, service.Functions) }

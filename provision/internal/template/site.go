package template

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apis"
	"github.com/go-sparta/sparta/provision/internal/site"
)

// connectSite adds the service's site, if it has one.
func connectSite(template *cloudformation.Template, service Service) error {
	if service.Site == nil {
		return nil
	}
	return site.AddTo(template, service.Site, service.Folder, site.Stack{
		Name: service.Stack, Region: service.Region, API: apis.Outputs(service.API), Archive: service.Archive,
	})
}

// Package local has what explore needs to know of a service beside its functions. Unlike package provision, it does not
// import the AWS SDK.
package local

import (
	"net/http"

	"github.com/go-sparta/sparta/provision/internal/apis"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/sparta"
)

// Site returns a handler that serves a site on this machine, as it would be in AWS. Its manifest has the outputs of the
// API, which may be nil, with the given values. It returns an error if the site cannot be published.
func Site(described *sparta.S3Site, api *sparta.API, outputs map[string]string) (http.Handler, error) {
	handler, err := site.NewHandler(described, apis.Outputs(api))
	if err != nil {
		return nil, err
	}
	return handler, handler.SetOutputs(outputs)
}

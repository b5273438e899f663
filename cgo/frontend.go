package cgo

import (
	"errors"

	"github.com/go-sparta/sparta/sparta"
)

// refuseFrontend returns an error if the service has an API or a site: no stack
// would have them, and the application would not know.
func refuseFrontend(api *sparta.API, site *sparta.S3Site) error {
	var errs []error
	if api != nil {
		errs = append(errs, errors.New("a REST API (*sparta.API) is not supported yet: pass nil to cgo.Main or cgo.MainEx"))
	}
	if site != nil {
		errs = append(errs, errors.New("a static website (*sparta.S3Site) is not supported yet: pass nil to cgo.Main or cgo.MainEx"))
	}
	return errors.Join(errs...)
}

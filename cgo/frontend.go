package cgo

import (
	"errors"

	"github.com/go-sparta/sparta/sparta"
)

// refuseFrontend returns an error if the service has an API or a site: they would
// be missing from the stack without notice.
func refuseFrontend(api *sparta.API, site *sparta.S3Site) error {
	const refusal = "is not supported yet: pass nil to cgo.Main or cgo.MainEx"
	var errs []error
	if api != nil {
		errs = append(errs, errors.New("a REST API (*sparta.API) "+refusal))
	}
	if site != nil {
		errs = append(errs, errors.New("a static website (*sparta.S3Site) "+refusal))
	}
	return errors.Join(errs...)
}

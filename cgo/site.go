package cgo

import (
	"errors"

	"github.com/go-sparta/sparta/sparta"
)

// refuseSite returns an error if the service has a site: it would be missing from the stack without notice.
func refuseSite(site *sparta.S3Site) error {
	if site == nil {
		return nil
	}
	return errors.New("a static website (*sparta.S3Site) is not supported yet: pass nil to cgo.Main or cgo.MainEx")
}

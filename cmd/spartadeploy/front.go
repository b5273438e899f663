package main

import (
	"fmt"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// decodeFront reads the service's API and site.
func decodeFront(service spartamage.Service, api **sparta.API, site **sparta.S3Site) error {
	if err := decode(service.API, api); err != nil {
		return fmt.Errorf("Service.API is not a *sparta.API: %w", err)
	}
	if err := decode(service.Site, site); err != nil {
		return fmt.Errorf("Service.Site is not a *sparta.S3Site: %w", err)
	}
	return nil
}

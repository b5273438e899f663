package main

import (
	"fmt"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// decodeAPI reads the service's API.
func decodeAPI(service spartamage.Service, api **sparta.API) error {
	if err := decode(service.API, api); err != nil {
		return fmt.Errorf("Service.API is not a *sparta.API: %w", err)
	}
	return nil
}

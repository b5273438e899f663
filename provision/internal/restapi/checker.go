package restapi

import "github.com/go-sparta/sparta/provision/internal/apipart"

// checker collects the problems of an API.
type checker struct{ apipart.Checker }

package restapi

import (
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
)

func permissionID(function apipart.Function) string { return function.ID + gateway + "Permission" }

// addPermissions lets the API invoke its functions: one permission for each, however many methods it has.
func (b *builder) addPermissions() {
	var named []string
	for _, route := range apiroutes.Routes(b.api) {
		named = append(named, route.Function)
	}
	for _, function := range apipart.Invoked(b.api, named, b.functions) {
		b.errs = append(b.errs, b.template.Add(permissionID(function), function.Permission(gateway)))
	}
}

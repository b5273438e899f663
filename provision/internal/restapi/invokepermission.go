package restapi

import (
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
)

func permissionID(function apipart.Function) string { return function.ID + gateway + "Permission" }

// addPermissions lets the API invoke its functions: one permission for each, however many methods it has.
func (b *builder) addPermissions() {
	used := map[string]bool{}
	for _, route := range apiroutes.Routes(b.api) {
		used[b.function(route.Function).Name] = true
	}
	for _, authorizer := range b.api.Authorizers {
		if authorizer.Type != cognito && authorizer.FunctionArn == nil {
			used[b.function(authorizer.FunctionName()).Name] = true
		}
	}
	for _, function := range b.functions {
		if !used[function.Name] {
			continue
		}
		b.errs = append(b.errs, b.template.Add(permissionID(function), function.Permission(gateway)))
	}
}

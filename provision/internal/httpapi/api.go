package httpapi

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// AddTo adds an API to the template that has its functions and what it may refer to. It returns an error if the API is
// invalid, or cannot be deployed to the region, which is empty if it is not known.
func AddTo(template *cloudformation.Template, api *sparta.API, functions []apipart.Function, region string) error {
	if err := Check(api, apipart.Names(functions)); err != nil {
		return err
	}
	if err := checkRegion(api, region); err != nil {
		return err
	}
	b := &builder{
		template: template, api: api, id: api.LogicalResourceName(), functions: functions,
		routes: apiroutes.HTTPRoutes(api),
	}
	b.add(b.id, "Api", map[string]any{
		"RouteSelectionExpression":  api.RouteSelectionExpression,
		"Name":                      api.Name,
		"Description":               api.Description,
		"ProtocolType":              api.ProtocolType,
		"CorsConfiguration":         corsConfiguration(apiroutes.Cors(api)),
		"DisableExecuteApiEndpoint": api.DisableExecuteAPIEndpoint,
	})
	b.addPermissions()
	b.addAuthorizers()
	b.addRoutes()
	b.addStage()
	b.addDomain()
	return b.err()
}

func corsConfiguration(cors *sparta.APICors) map[string]any {
	if cors == nil {
		return nil
	}
	return apipart.Given(map[string]any{
		"AllowOrigins":     cors.AllowOrigins,
		"AllowMethods":     cors.AllowMethods,
		"AllowHeaders":     cors.AllowHeaders,
		"ExposeHeaders":    cors.ExposeHeaders,
		"AllowCredentials": cors.AllowCredentials,
		"MaxAge":           cors.MaxAge,
	})
}

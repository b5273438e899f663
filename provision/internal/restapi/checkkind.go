package restapi

// checkKind reports settings that only HTTP APIs have.
func (c *checker) checkKind() {
	if len(c.API.Routes) > 0 {
		c.Reportf("Routes are only for HTTP APIs: add paths with NewResource, or use NewHTTPAPI")
	}
	if c.API.RouteSelectionExpression != "" {
		c.Reportf("RouteSelectionExpression is only for WebSocket APIs: clear it, or use NewWebSocketAPI")
	}
	if c.API.CorsConfiguration != nil {
		c.Reportf("CorsConfiguration is only for HTTP APIs: set CORSOptions")
	}
	if c.API.Stage != nil && c.API.Stage.DetailedMetricsEnabled {
		c.Reportf("Stage.DetailedMetricsEnabled is only for HTTP APIs: set MetricsEnabled in MethodSettings")
	}
	for _, authorizer := range c.API.Authorizers {
		if authorizer == nil {
			continue
		}
		c.Refuse("authorizer "+authorizer.Name+": ", "is only for HTTP APIs", map[string]bool{
			"JWTConfiguration":               authorizer.JWTConfiguration != nil,
			"AuthorizerPayloadFormatVersion": authorizer.AuthorizerPayloadFormatVersion != "",
			"EnableSimpleResponses":          authorizer.EnableSimpleResponses,
		})
	}
}

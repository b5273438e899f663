package restapi

// checkKind reports settings that only HTTP APIs have.
func (c *checker) checkKind() {
	if len(c.api.Routes) > 0 {
		c.reportf("Routes are only for HTTP APIs: add paths with NewResource, or use NewHTTPAPI")
	}
	if c.api.RouteSelectionExpression != "" {
		c.reportf("RouteSelectionExpression is only for WebSocket APIs: clear it, or use NewWebSocketAPI")
	}
	if c.api.CorsConfiguration != nil {
		c.reportf("CorsConfiguration is only for HTTP APIs: set CORSOptions")
	}
	if c.api.Stage != nil && c.api.Stage.DetailedMetricsEnabled {
		c.reportf("Stage.DetailedMetricsEnabled is only for HTTP APIs: set MetricsEnabled in MethodSettings")
	}
	for _, authorizer := range c.api.Authorizers {
		if authorizer == nil {
			continue
		}
		for _, setting := range []struct {
			name  string
			given bool
		}{
			{"JWTConfiguration", authorizer.JWTConfiguration != nil},
			{"AuthorizerPayloadFormatVersion", authorizer.AuthorizerPayloadFormatVersion != ""},
			{"EnableSimpleResponses", authorizer.EnableSimpleResponses},
		} {
			if setting.given {
				c.reportf("authorizer %s: %s is only for HTTP APIs: clear it", authorizer.Name, setting.name)
			}
		}
	}
}

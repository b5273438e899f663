package httpapi

// checkKind reports settings that only REST APIs have.
func (c *checker) checkKind() {
	api := c.API
	for _, setting := range []struct {
		name    string
		given   bool
		instead string
	}{
		{
			"Resources, with their methods, models and mapping templates,", len(api.Resources) > 0,
			"add routes with NewRoute",
		},
		{"CORSOptions", api.CORSOptions != nil, "set CorsConfiguration"},
		{"UsagePlans, with their API keys,", len(api.UsagePlans) > 0, "clear it"},
		{"EndpointConfiguration", api.EndpointConfiguration != nil, "clear it: an HTTP API is REGIONAL"},
		{"BinaryMediaTypes", len(api.BinaryMediaTypes) > 0, "clear it: functions choose with isBase64Encoded"},
		{"MinimumCompressionSize", api.MinimumCompressionSize != 0, "clear it"},
		{"APIKeySourceType", api.APIKeySourceType != "", "clear it"},
		{"Policy", api.Policy != nil, "clear it, and use authorizers"},
		{"CloneFrom", api.CloneFrom != nil, "clear it"},
	} {
		if setting.given {
			c.Reportf("%s is only for REST APIs: %s", setting.name, setting.instead)
		}
	}
	if stage := api.Stage; stage != nil {
		c.Refuse("", "is only for REST APIs", map[string]bool{
			"Stage.CacheClusterEnabled": stage.CacheClusterEnabled,
			"Stage.CacheClusterSize":    stage.CacheClusterSize != "",
			"Stage.TracingEnabled":      stage.TracingEnabled,
		})
		if len(stage.MethodSettings) > 0 {
			c.Reportf("Stage.MethodSettings is only for REST APIs: set the throttling of routes")
		}
	}
}

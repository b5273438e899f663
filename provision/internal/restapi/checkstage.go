package restapi

import (
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

func (c *checker) checkStage() {
	stage := c.API.Stage
	if stage == nil {
		return
	}
	if !apipart.ValidStage(stage.Name) {
		c.Reportf("stage name %q is invalid: use 1 to 128 letters, digits, _ and -", stage.Name)
	}
	c.CheckStage(stage)
	c.OneOf("stage: ", "CacheClusterSize", stage.CacheClusterSize, "0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118",
		"237")
	if stage.CacheClusterSize != "" && !stage.CacheClusterEnabled {
		c.Reportf("stage: CacheClusterSize %s has no effect: set CacheClusterEnabled", stage.CacheClusterSize)
	}
	for i, setting := range stage.MethodSettings {
		c.checkMethodSetting(fmt.Sprintf("stage: method setting %d: ", i+1), setting)
	}
}

func (c *checker) checkMethodSetting(where string, setting *sparta.MethodSetting) {
	if setting == nil {
		c.Reportf("%sit is nil: remove it or describe it", where)
		return
	}
	c.CheckThrottling(where, setting.ThrottlingRateLimit, setting.ThrottlingBurstLimit)
	c.OneOf(where, "LoggingLevel", setting.LoggingLevel, "OFF", "ERROR", "INFO")
	if setting.CacheTTLInSeconds < 0 || setting.CacheTTLInSeconds > 3600 {
		c.Reportf("%sCacheTTLInSeconds %d is out of range: use up to 3600", where, setting.CacheTTLInSeconds)
	}
	if setting.CachingEnabled && !c.API.Stage.CacheClusterEnabled {
		c.Reportf("%sCachingEnabled has no effect without a cache: set the stage's CacheClusterEnabled", where)
	}
	if path := setting.ResourcePath; path != "" && path != "/*" {
		known := slices.ContainsFunc(apiroutes.Routes(c.API), func(route apiroutes.Route) bool {
			return route.Path == apiroutes.Normalized(path) &&
				(setting.HTTPMethod == "" || setting.HTTPMethod == "*" || route.Verb == setting.HTTPMethod)
		})
		if !known {
			c.Reportf("%sthe API has no %s %s: correct ResourcePath or HTTPMethod", where, setting.HTTPMethod, path)
		}
	}
}

package restapi

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/sparta"
)

var (
	stagePattern         = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)
	variableNamePattern  = regexp.MustCompile(`^[A-Za-z0-9_]+$`)
	variableValuePattern = regexp.MustCompile(`^[A-Za-z0-9._~:/?#&=,-]*$`)
)

func (c *checker) checkStage() {
	stage := c.api.Stage
	if stage == nil {
		return
	}
	if !stagePattern.MatchString(stage.Name) {
		c.reportf("stage name %q is invalid: use 1 to 128 letters, digits, _ and -", stage.Name)
	}
	for name, value := range stage.Variables {
		text, isText := expression.Text(value)
		switch {
		case !variableNamePattern.MatchString(name):
			c.reportf("stage variable %q has an invalid name: use letters, digits and _", name)
		case isText && !variableValuePattern.MatchString(text):
			c.reportf("stage variable %s has characters that API Gateway refuses: use letters, digits and "+
				"-._~:/?#&=,", name)
		case !isText && !expression.IsIntrinsic(value):
			c.reportf("stage variable %s of type %T is invalid: use a text or a CloudFormation intrinsic", name, value)
		}
	}
	c.oneOf("stage: ", "CacheClusterSize", stage.CacheClusterSize, "0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118",
		"237")
	if stage.CacheClusterSize != "" && !stage.CacheClusterEnabled {
		c.reportf("stage: CacheClusterSize %s has no effect: set CacheClusterEnabled", stage.CacheClusterSize)
	}
	c.checkThrottling("stage: ", stage.ThrottlingRateLimit, stage.ThrottlingBurstLimit)
	for i, setting := range stage.MethodSettings {
		c.checkMethodSetting(fmt.Sprintf("stage: method setting %d: ", i+1), setting)
	}
	if log := stage.AccessLog; log != nil && log.Format != "" &&
		!strings.Contains(log.Format, "$context.requestId") &&
		!strings.Contains(log.Format, "$context.extendedRequestId") {
		c.reportf("stage: AccessLog.Format %q has no $context.requestId, which API Gateway requires: add it",
			log.Format)
	}
	if log := stage.AccessLog; log != nil && strings.Contains(log.Format, "\n") {
		c.reportf("stage: AccessLog.Format has a line break: use one line")
	}
}

func (c *checker) checkThrottling(where string, rate float64, burst int64) {
	if rate < 0 {
		c.reportf("%sThrottlingRateLimit %v is negative: use a number of requests per second, or 0 for the default",
			where, rate)
	}
	if burst < 0 {
		c.reportf("%sThrottlingBurstLimit %d is negative: use a number of concurrent requests, or 0 for the default",
			where, burst)
	}
}

func (c *checker) checkMethodSetting(where string, setting *sparta.MethodSetting) {
	if setting == nil {
		c.reportf("%sit is nil: remove it or describe it", where)
		return
	}
	c.checkThrottling(where, setting.ThrottlingRateLimit, setting.ThrottlingBurstLimit)
	c.oneOf(where, "LoggingLevel", setting.LoggingLevel, "OFF", "ERROR", "INFO")
	if setting.CacheTTLInSeconds < 0 || setting.CacheTTLInSeconds > 3600 {
		c.reportf("%sCacheTTLInSeconds %d is out of range: use up to 3600", where, setting.CacheTTLInSeconds)
	}
	if setting.CachingEnabled && !c.api.Stage.CacheClusterEnabled {
		c.reportf("%sCachingEnabled has no effect without a cache: set the stage's CacheClusterEnabled", where)
	}
	if path := setting.ResourcePath; path != "" && path != "/*" {
		known := slices.ContainsFunc(apiroutes.Routes(c.api), func(route apiroutes.Route) bool {
			return route.Path == apiroutes.Normalized(path) &&
				(setting.HTTPMethod == "" || setting.HTTPMethod == "*" || route.Verb == setting.HTTPMethod)
		})
		if !known {
			c.reportf("%sthe API has no %s %s: correct ResourcePath or HTTPMethod", where, setting.HTTPMethod, path)
		}
	}
}

package httpapi

import (
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// maxLogFormat is API Gateway's limit of an access log's format, in bytes, according to its quotas of HTTP APIs. AWS's
// pages about REST APIs and their access logs name none (November 2026).
const maxLogFormat = 3072

func (c *checker) checkStage() {
	stage := c.API.Stage
	if stage == nil && isWebSocket(c.API) {
		c.Reportf("Stage is missing: set it to a stage with a name, for example NewStage(\"v1\")")
		return
	}
	if stage == nil {
		c.Reportf("Stage is missing: set it to NewStage(%q), or to a stage with a name", sparta.DefaultStage)
		return
	}
	if isWebSocket(c.API) && !apipart.ValidStage(stage.Name) {
		c.Reportf("stage name %q is invalid: use 1 to 128 letters, digits, _ and -", stage.Name)
	} else if stage.Name != sparta.DefaultStage && !apipart.ValidStage(stage.Name) {
		c.Reportf("stage name %q is invalid: use %s, or 1 to 128 letters, digits, _ and -", stage.Name,
			sparta.DefaultStage)
	}
	c.CheckStage(stage)
	if log := stage.AccessLog; log != nil && len(log.Format) > maxLogFormat {
		c.Reportf("stage: AccessLog.Format has %d bytes, but API Gateway allows %d: shorten it", len(log.Format),
			maxLogFormat)
	}
}

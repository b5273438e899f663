package httpapi

import (
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/sparta"
)

// API Gateway's limits of a stage.
const (
	maxVariables = 100
	maxLogFormat = 3072 // bytes
)

var (
	stagePattern         = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)
	variableNamePattern  = regexp.MustCompile(`^[A-Za-z0-9_]{1,64}$`)
	variableValuePattern = regexp.MustCompile(`^[A-Za-z0-9._~:/?#&=,-]{0,512}$`)
)

func (c *checker) checkStage() {
	stage := c.api.Stage
	if stage == nil && isWebSocket(c.api) {
		c.reportf("Stage is missing: set it to a stage with a name, for example NewStage(\"v1\")")
		return
	}
	if stage == nil {
		c.reportf("Stage is missing: set it to NewStage(%q), or to a stage with a name", sparta.DefaultStage)
		return
	}
	if isWebSocket(c.api) && !stagePattern.MatchString(stage.Name) {
		c.reportf("stage name %q is invalid: use 1 to 128 letters, digits, _ and -", stage.Name)
	} else if stage.Name != sparta.DefaultStage && !stagePattern.MatchString(stage.Name) {
		c.reportf("stage name %q is invalid: use %s, or 1 to 128 letters, digits, _ and -", stage.Name,
			sparta.DefaultStage)
	}
	c.atMost("stage: ", "variables", len(stage.Variables), maxVariables)
	for name, value := range stage.Variables {
		text, isText := expression.Text(value)
		switch {
		case !variableNamePattern.MatchString(name):
			c.reportf("stage variable %q has an invalid name: use 1 to 64 letters, digits and _", name)
		case isText && !variableValuePattern.MatchString(text):
			c.reportf("stage variable %s is invalid: use up to 512 letters, digits and -._~:/?#&=,", name)
		case !isText && !expression.IsIntrinsic(value):
			c.reportf("stage variable %s of type %T is invalid: use a text or a CloudFormation intrinsic", name, value)
		}
	}
	c.throttling("stage: ", stage.ThrottlingRateLimit, stage.ThrottlingBurstLimit)
	c.checkAccessLog(stage.AccessLog)
}

func (c *checker) checkAccessLog(log *sparta.AccessLog) {
	if log == nil || log.Format == "" {
		return
	}
	if !strings.Contains(log.Format, "$context.requestId") &&
		!strings.Contains(log.Format, "$context.extendedRequestId") {
		c.reportf("stage: AccessLog.Format %q has no $context.requestId, which API Gateway requires: add it",
			log.Format)
	}
	if strings.Contains(log.Format, "\n") {
		c.reportf("stage: AccessLog.Format has a line break: use one line")
	}
	if len(log.Format) > maxLogFormat {
		c.reportf("stage: AccessLog.Format has %d bytes, but API Gateway allows %d: shorten it", len(log.Format),
			maxLogFormat)
	}
}

package apipart

import (
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/sparta"
)

// maxVariables is API Gateway's limit of a stage.
const maxVariables = 100

var (
	stagePattern         = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)
	variableNamePattern  = regexp.MustCompile(`^[A-Za-z0-9_]{1,64}$`)
	variableValuePattern = regexp.MustCompile(`^[A-Za-z0-9._~:/?#&=,-]{0,512}$`)
)

// ValidStage reports whether a stage can have a name.
func ValidStage(name string) bool { return stagePattern.MatchString(name) }

// CheckStage checks what all kinds of APIs have in their stages, besides the name.
func (c *Checker) CheckStage(stage *sparta.Stage) {
	c.AtMost("stage: ", "variables", len(stage.Variables), maxVariables)
	for name, value := range stage.Variables {
		text, isText := expression.Text(value)
		switch {
		case !variableNamePattern.MatchString(name):
			c.Reportf("stage variable %q has an invalid name: use 1 to 64 letters, digits and _", name)
		case isText && !variableValuePattern.MatchString(text):
			c.Reportf("stage variable %s is invalid: use up to 512 letters, digits and -._~:/?#&=,", name)
		case !isText && !expression.IsIntrinsic(value):
			c.Reportf("stage variable %s of type %T is invalid: use a text or a CloudFormation intrinsic", name, value)
		}
	}
	c.CheckThrottling("stage: ", stage.ThrottlingRateLimit, stage.ThrottlingBurstLimit)
	c.checkAccessLog(stage.AccessLog)
}

func (c *Checker) checkAccessLog(log *sparta.AccessLog) {
	if log == nil || log.Format == "" {
		return
	}
	if !strings.Contains(log.Format, "$context.requestId") &&
		!strings.Contains(log.Format, "$context.extendedRequestId") {
		c.Reportf("stage: AccessLog.Format %q has no $context.requestId, which API Gateway requires: add it",
			log.Format)
	}
	if strings.Contains(log.Format, "\n") {
		c.Reportf("stage: AccessLog.Format has a line break: use one line")
	}
}

package restapi

import (
	"cmp"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

const (
	stageID = gateway + "Stage"
	logsID  = gateway + "AccessLogs"
)

// defaultLogFormat is an access log's line of JSON.
const defaultLogFormat = `{"requestId":"$context.requestId","time":"$context.requestTime",` +
	`"ip":"$context.identity.sourceIp","method":"$context.httpMethod","path":"$context.path",` +
	`"resource":"$context.resourcePath","status":"$context.status","length":"$context.responseLength",` +
	`"latency":"$context.responseLatency","error":"$context.error.message"}`

// addStage adds the stage. Redeploy adds its deployment.
func (b *builder) addStage() {
	stage := b.api.Stage
	if stage == nil {
		return
	}
	properties := map[string]any{
		"RestApiId":           cloudformation.Ref(gateway),
		"StageName":           stage.Name,
		"Description":         stage.Description,
		"Variables":           stage.Variables,
		"CacheClusterEnabled": stage.CacheClusterEnabled,
		"TracingEnabled":      stage.TracingEnabled,
		"MethodSettings":      methodSettings(stage),
	}
	if stage.CacheClusterEnabled {
		properties["CacheClusterSize"] = cmp.Or(stage.CacheClusterSize, "0.5")
	}
	if stage.AccessLog != nil {
		properties["AccessLogSetting"] = map[string]any{
			"DestinationArn": b.accessLogs(stage.AccessLog),
			"Format":         cmp.Or(stage.AccessLog.Format, defaultLogFormat),
		}
	}
	b.add(stageID, "Stage", properties)
}

// accessLogs is the destination of the access log. It adds a log group if none is given.
func (b *builder) accessLogs(log *sparta.AccessLog) any {
	if log.DestinationArn != nil {
		return log.DestinationArn
	}
	group := apipart.LogGroup("/aws/apigateway/${AWS::StackName}-access", log.LogRetention)
	b.errs = append(b.errs, b.template.Add(logsID, group))
	return cloudformation.GetAtt{logsID, "Arn"}
}

// methodSettings are those of all methods, then those of each.
func methodSettings(stage *sparta.Stage) []any {
	var list []any
	if stage.ThrottlingRateLimit != 0 || stage.ThrottlingBurstLimit != 0 {
		list = append(list, methodSetting(&sparta.MethodSetting{
			ThrottlingRateLimit:  stage.ThrottlingRateLimit,
			ThrottlingBurstLimit: stage.ThrottlingBurstLimit,
		}))
	}
	for _, setting := range stage.MethodSettings {
		list = append(list, methodSetting(setting))
	}
	return list
}

func methodSetting(s *sparta.MethodSetting) map[string]any {
	return apipart.Given(map[string]any{
		"ResourcePath":         settingPath(s.ResourcePath),
		"HttpMethod":           cmp.Or(s.HTTPMethod, "*"),
		"ThrottlingRateLimit":  s.ThrottlingRateLimit,
		"ThrottlingBurstLimit": s.ThrottlingBurstLimit,
		"CachingEnabled":       s.CachingEnabled,
		"CacheTtlInSeconds":    s.CacheTTLInSeconds,
		"CacheDataEncrypted":   s.CacheDataEncrypted,
		"LoggingLevel":         s.LoggingLevel,
		"DataTraceEnabled":     s.DataTraceEnabled,
		"MetricsEnabled":       s.MetricsEnabled,
	})
}

// settingPath is a path as a stage's settings have it.
func settingPath(path string) string {
	switch path {
	case "":
		return "/*"
	case "/":
		return "/"
	}
	return "/" + strings.ReplaceAll(apiroutes.Normalized(path), "/", "~1")
}

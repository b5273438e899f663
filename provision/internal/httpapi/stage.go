package httpapi

import (
	"cmp"

	"github.com/go-sparta/sparta/cloudformation"
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
	`"route":"$context.routeKey","status":"$context.status","length":"$context.responseLength",` +
	`"latency":"$context.responseLatency","error":"$context.error.message",` +
	`"authorizerError":"$context.authorizer.error","integrationError":"$context.integrationErrorMessage"}`

// addStage adds the stage, which deploys each change of the API.
func (b *builder) addStage() {
	stage := b.api.Stage
	properties := map[string]any{
		"ApiId":          cloudformation.Ref(gateway),
		"StageName":      stage.Name,
		"Description":    stage.Description,
		"AutoDeploy":     true,
		"StageVariables": stage.Variables,
		"DefaultRouteSettings": settings(
			stage.ThrottlingRateLimit, stage.ThrottlingBurstLimit, stage.DetailedMetricsEnabled),
	}
	routes, routeIDs := map[string]any{}, []string(nil)
	for _, route := range b.routes {
		own := settings(route.ThrottlingRateLimit, route.ThrottlingBurstLimit, route.DetailedMetricsEnabled)
		if len(own) > 0 {
			routes[route.RouteKey], routeIDs = own, append(routeIDs, routeID(route))
		}
	}
	properties["RouteSettings"] = routes
	if stage.AccessLog != nil {
		properties["AccessLogSettings"] = map[string]any{
			"DestinationArn": b.accessLogs(stage.AccessLog),
			"Format":         cmp.Or(stage.AccessLog.Format, defaultLogFormat),
		}
	}
	b.add(stageID, "Stage", properties, routeIDs...) // API Gateway refuses settings of a route that does not exist
}

func settings(rate float64, burst int64, metrics bool) map[string]any {
	return apipart.Given(map[string]any{
		"ThrottlingRateLimit": rate, "ThrottlingBurstLimit": burst, "DetailedMetricsEnabled": metrics,
	})
}

// accessLogs returns the destination of the access log. It adds a log group if none is given.
func (b *builder) accessLogs(log *sparta.AccessLog) any {
	if log.DestinationArn != nil {
		return log.DestinationArn
	}
	// The name is not that of a REST API's, which the stack may have had before.
	b.addResource(logsID, apipart.LogGroup("/aws/apigateway/${AWS::StackName}-http-access", log.LogRetention))
	return cloudformation.GetAtt{logsID, "Arn"}
}

package httpapi

import (
	"cmp"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

func (b *builder) stageID() string { return b.id + "Stage" }

func (b *builder) logsID() string { return b.id + "AccessLogs" }

// defaultLogFormat is an access log's line of JSON.
const defaultLogFormat = `{"requestId":"$context.requestId","time":"$context.requestTime",` +
	`"ip":"$context.identity.sourceIp","method":"$context.httpMethod","path":"$context.path",` +
	`"route":"$context.routeKey","status":"$context.status","length":"$context.responseLength",` +
	`"latency":"$context.responseLatency","error":"$context.error.message",` +
	`"authorizerError":"$context.authorizer.error","integrationError":"$context.integrationErrorMessage"}`

// webSocketLogFormat is that of a WebSocket API.
const webSocketLogFormat = `{"requestId":"$context.requestId","time":"$context.requestTime",` +
	`"ip":"$context.identity.sourceIp","event":"$context.eventType","connection":"$context.connectionId",` +
	`"route":"$context.routeKey","status":"$context.status","error":"$context.error.message",` +
	`"authorizerError":"$context.authorizer.error","integrationError":"$context.integrationErrorMessage"}`

func (b *builder) logFormat() string {
	if isWebSocket(b.api) {
		return webSocketLogFormat
	}
	return defaultLogFormat
}

// addStage adds the stage, which deploys each change of the API.
func (b *builder) addStage() {
	stage := b.api.Stage
	properties := map[string]any{
		"ApiId":          cloudformation.Ref(b.id),
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
			routes[route.RouteKey], routeIDs = own, append(routeIDs, b.routeID(route))
		}
	}
	properties["RouteSettings"] = routes
	if stage.AccessLog != nil {
		properties["AccessLogSettings"] = map[string]any{
			"DestinationArn": b.accessLogs(stage.AccessLog),
			"Format":         cmp.Or(stage.AccessLog.Format, b.logFormat()),
		}
	}
	if isWebSocket(b.api) {
		routeIDs = nil
		for _, route := range b.routes { // without any, API Gateway cannot deploy the API
			routeIDs = append(routeIDs, b.routeID(route))
		}
	}
	b.add(b.stageID(), "Stage", properties, routeIDs...) // API Gateway refuses settings of a route that does not exist
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
	name := "/aws/apigateway/${AWS::StackName}-http-access"
	if isWebSocket(b.api) {
		name = "/aws/apigateway/${AWS::StackName}-websocket-access"
	}
	b.addResource(b.logsID(), apipart.LogGroup(name, log.LogRetention))
	return cloudformation.GetAtt{b.logsID(), "Arn"}
}

package sparta

import "github.com/go-sparta/sparta/cloudformation"

// WebSocketProtocol is the ProtocolType of a WebSocket API.
const WebSocketProtocol = "WEBSOCKET"

// NewWebSocketAPI returns a WebSocket API without routes. NewRoute adds $connect, $disconnect, $default and the values
// that the RouteSelectionExpression has in messages. Functions of its routes receive aws-lambda-go's
// events.APIGatewayWebsocketProxyRequest, and their own roles allow them to send messages to connected clients.
func NewWebSocketAPI(name string, stage *Stage) *API {
	return &API{
		Name: name, ProtocolType: WebSocketProtocol, Stage: stage, RouteSelectionExpression: "$request.body.action",
	}
}

// ConnectionsArn returns the ARN of all connections of a WebSocket API, for the privilege execute-api:ManageConnections
// of functions that no route of the API invokes.
func (api *API) ConnectionsArn() cloudformation.Sub {
	return cloudformation.Sub("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${" +
		api.LogicalResourceName() + "}/*/*/@connections/*")
}

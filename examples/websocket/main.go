// Websocket is a WebSocket API, which answers to messages such as {"action": "upper", "text": "tea"}.
package main

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

// connect accepts connections of pages of one website.
func connect(
	_ context.Context, request events.APIGatewayWebsocketProxyRequest,
) (events.APIGatewayProxyResponse, error) {
	if request.Headers["Origin"] != "https://www.example.com" {
		return events.APIGatewayProxyResponse{StatusCode: http.StatusForbidden}, nil
	}
	return events.APIGatewayProxyResponse{StatusCode: http.StatusOK}, nil
}

// upper answers a message.
func upper(
	_ context.Context, request events.APIGatewayWebsocketProxyRequest,
) (events.APIGatewayProxyResponse, error) {
	var message struct{ Text string }
	if err := json.Unmarshal([]byte(request.Body), &message); err != nil {
		return events.APIGatewayProxyResponse{StatusCode: http.StatusBadRequest, Body: "not JSON"}, nil
	}
	return events.APIGatewayProxyResponse{StatusCode: http.StatusOK, Body: strings.ToUpper(message.Text)}, nil
}

func main() {
	onConnect := sparta.HandleAWSLambda("connect", connect, sparta.IAMRoleDefinition{})
	onMessage := sparta.HandleAWSLambda("upper", upper, sparta.IAMRoleDefinition{})
	api := sparta.NewWebSocketAPI("Messages", sparta.NewStage("v1"))
	api.NewRoute("$connect", onConnect)
	api.NewRoute("upper", onMessage).RouteResponseSelectionExpression = "$default"
	functions := []*sparta.LambdaAWSInfo{onConnect, onMessage}
	cgo.Main("SpartaWebSocket", "A WebSocket API in front of two functions", functions, api, nil)
}

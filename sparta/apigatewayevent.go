package sparta

import (
	"encoding/json"

	"github.com/go-sparta/sparta/sparta/events"
)

// APIGatewayLambdaJSONEvent is the event of a function of a REST API in Sparta before 1.0: the default template for
// JSON still writes it. Newer handlers have an events.APIGatewayRequest.
type APIGatewayLambdaJSONEvent struct {
	Method      string            `json:"method"`
	Body        json.RawMessage   `json:"body"`
	Headers     map[string]string `json:"headers"`
	QueryParams map[string]string `json:"queryParams"`
	PathParams  map[string]string `json:"pathParams"`
	Context     APIGatewayContext `json:"context"`
}

type (
	// APIGatewayContext is the request's context in events of REST APIs.
	APIGatewayContext = events.APIGatewayContext
	// APIGatewayIdentity is the client's identity in it.
	APIGatewayIdentity = events.APIGatewayIdentity
)

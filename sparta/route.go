package sparta

import "github.com/go-sparta/sparta/internal/plainjson"

// Route is a route of an HTTP or WebSocket API. API.NewRoute makes one.
type Route struct {
	RouteKey string `json:"routeKey"`           // GET /orders/{id}, ANY /files/{path+}, $default, $connect …
	Function string `json:"function,omitempty"` // its name; empty means the service's only one
	// Authorizer is the name of one of the API's Authorizers, AWS_IAM, or an intrinsic that results in the ID of an
	// authorizer. Nil means that anybody may call the route.
	Authorizer          any      `json:"authorizer,omitempty"`
	AuthorizationScopes []string `json:"authorizationScopes,omitempty"` // of tokens, with JWT: one of them is enough
	OperationName       string   `json:"operationName,omitempty"`
	// PayloadFormatVersion is 2.0 (the default), aws-lambda-go's events.APIGatewayV2HTTPRequest, or 1.0, its
	// events.APIGatewayProxyRequest.
	PayloadFormatVersion string `json:"payloadFormatVersion,omitempty"`
	TimeoutInMillis      int64  `json:"timeoutInMillis,omitempty"` // 0 means the longest, 30000 or 29000
	Credentials          any    `json:"credentials,omitempty"`     // ARN of a role that invokes the function
	// ThrottlingRateLimit and ThrottlingBurstLimit are in requests a second and at once. 0 means the stage's.
	ThrottlingRateLimit    float64 `json:"throttlingRateLimit,omitempty"`
	ThrottlingBurstLimit   int64   `json:"throttlingBurstLimit,omitempty"`
	DetailedMetricsEnabled bool    `json:"detailedMetricsEnabled,omitempty"`
	// RouteResponseSelectionExpression is $default for a route of a WebSocket API that sends the function's response to
	// the client.
	RouteResponseSelectionExpression string `json:"routeResponseSelectionExpression,omitempty"`

	function *LambdaAWSInfo // takes precedence over Function: its name may still change
}

// FunctionName returns the name of the function that the route invokes. Empty means the service's only one.
func (r *Route) FunctionName() string {
	if r.function != nil {
		return r.function.Name()
	}
	return r.Function
}

// MarshalJSON renders the function's name as it is now.
func (r *Route) MarshalJSON() ([]byte, error) {
	type fields Route
	named := fields(*r)
	named.Function = r.FunctionName()
	return plainjson.Marshal(named)
}

package events

import "encoding/json"

// APIGatewayRequest is the event of a request. The content type decides what Body is: for JSON, the value that
// json.Unmarshal returns; for a form, a map of strings; for anything else, a string, in base64 for binary media types.
// Without a body, it is an empty map.
type APIGatewayRequest struct {
	APIGatewayEnvelope
	Body any `json:"body"`
}

// APIGatewayJSONRequest is APIGatewayRequest with a body that the function itself decodes.
type APIGatewayJSONRequest struct {
	APIGatewayEnvelope
	Body json.RawMessage `json:"body"`
}

// APIGatewayEnvelope is a request without its body. If a header or parameter occurs several times, it has the last
// value.
type APIGatewayEnvelope struct {
	Method      string            `json:"method"`
	Headers     map[string]string `json:"headers"`
	QueryParams map[string]string `json:"queryParams"`
	PathParams  map[string]string `json:"pathParams"`
	Context     APIGatewayContext `json:"context"`
	// Authorizer has the context that a Lambda authorizer returned, as strings, or claims: a map with the usual claims
	// of a token.
	Authorizer map[string]any `json:"authorizer"`
}

// APIGatewayContext says where a request arrived.
type APIGatewayContext struct {
	APIID        string             `json:"apiId"`
	Method       string             `json:"method"`
	RequestID    string             `json:"requestId"`
	ResourceID   string             `json:"resourceId"`
	ResourcePath string             `json:"resourcePath"`
	Stage        string             `json:"stage"`
	Identity     APIGatewayIdentity `json:"identity"`
}

// APIGatewayIdentity says who made a request. Unknown fields are empty.
type APIGatewayIdentity struct {
	AccountID                     string `json:"accountId"`
	APIKey                        string `json:"apiKey"`
	Caller                        string `json:"caller"`
	CognitoAuthenticationProvider string `json:"cognitoAuthenticationProvider"`
	CognitoAuthenticationType     string `json:"cognitoAuthenticationType"`
	CognitoIdentityID             string `json:"cognitoIdentityId"`
	CognitoIdentityPoolID         string `json:"cognitoIdentityPoolId"`
	SourceIP                      string `json:"sourceIp"`
	User                          string `json:"user"`
	UserAgent                     string `json:"userAgent"`
	UserArn                       string `json:"userArn"`
}

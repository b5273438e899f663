package sparta

import "github.com/go-sparta/sparta/internal/plainjson"

// Authorizer decides who may call a method or route. API.NewCognitoAuthorizer, API.NewJWTAuthorizer and
// API.NewLambdaAuthorizer make one.
type Authorizer struct {
	Name string `json:"name"`
	// Type is COGNITO_USER_POOLS, TOKEN (a function that receives the token) or REQUEST (one that receives the
	// request). HTTP APIs have JWT and REQUEST, WebSocket APIs REQUEST.
	Type         string `json:"type"`
	ProviderARNs []any  `json:"providerArns,omitempty"` // of Cognito's user pools
	// Function is the name of the service's function that decides; empty means its only one. For any other function,
	// set FunctionArn instead.
	Function    string `json:"function,omitempty"`
	FunctionArn any    `json:"functionArn,omitempty"`
	// IdentitySource is where the token is, for example method.request.header.Authorization, which is the default, or a
	// comma-separated list of what a REQUEST authorizer needs. In HTTP APIs, it is
	// $request.header.Authorization, and in WebSocket APIs route.request.header.Authorization.
	IdentitySource               string `json:"identitySource,omitempty"`
	IdentityValidationExpression string `json:"identityValidationExpression,omitempty"` // of the token
	// ResultTTLInSeconds is how long a decision is remembered, up to 3600. Nil means 300.
	ResultTTLInSeconds *int64 `json:"resultTtlInSeconds,omitempty"`
	Credentials        any    `json:"credentials,omitempty"` // ARN of a role that invokes the function

	JWTConfiguration *JWTConfiguration `json:"jwtConfiguration,omitempty"` // of JWT
	// AuthorizerPayloadFormatVersion is that of the function's event in an HTTP API: 2.0 (the default) or 1.0.
	AuthorizerPayloadFormatVersion string `json:"authorizerPayloadFormatVersion,omitempty"`
	// EnableSimpleResponses means that the function of an HTTP API returns aws-lambda-go's
	// events.APIGatewayV2CustomAuthorizerSimpleResponse. Otherwise, it returns a policy.
	EnableSimpleResponses bool `json:"enableSimpleResponses,omitempty"`

	function *LambdaAWSInfo // takes precedence over Function: its name may still change
}

// FunctionName returns the name of the service's function that decides. Empty means the service's only one, if
// FunctionArn is nil.
func (a *Authorizer) FunctionName() string {
	if a.function != nil {
		return a.function.Name()
	}
	return a.Function
}

// MarshalJSON renders the function's name as it is now.
func (a *Authorizer) MarshalJSON() ([]byte, error) {
	type fields Authorizer
	named := fields(*a)
	named.Function = a.FunctionName()
	return plainjson.Marshal(named)
}

// JWTConfiguration says which tokens an authorizer accepts.
type JWTConfiguration struct {
	Issuer   any   `json:"issuer"`             // URL, without /.well-known/openid-configuration
	Audience []any `json:"audience,omitempty"` // the token's aud, or its client_id, is one of these
}

// NewCognitoAuthorizer adds an authorizer that requires a token of one of Cognito's user pools, given by their ARNs.
func (api *API) NewCognitoAuthorizer(name string, userPoolARNs ...any) *Authorizer {
	return api.authorizer(&Authorizer{Name: name, Type: "COGNITO_USER_POOLS", ProviderARNs: userPoolARNs})
}

// NewLambdaAuthorizer adds an authorizer that asks a function of the service. A nil function means the service's only
// one. The function's event is aws-lambda-go's events.APIGatewayCustomAuthorizerRequest. In an HTTP API it is
// events.APIGatewayV2CustomAuthorizerV2Request, and the function returns an
// events.APIGatewayV2CustomAuthorizerSimpleResponse. In a WebSocket API it is
// events.APIGatewayWebsocketProxyRequest with a type and a methodArn.
func (api *API) NewLambdaAuthorizer(name string, function *LambdaAWSInfo) *Authorizer {
	authorizer := &Authorizer{Name: name, Type: "REQUEST", function: function}
	switch api.ProtocolType {
	case HTTPProtocol:
		authorizer.EnableSimpleResponses = true
	case WebSocketProtocol:
	default:
		authorizer.Type = "TOKEN"
	}
	return api.authorizer(authorizer)
}

func (api *API) authorizer(authorizer *Authorizer) *Authorizer {
	api.Authorizers = append(api.Authorizers, authorizer)
	return authorizer
}

package sparta

// Authorizer decides who may call a method. API.NewCognitoAuthorizer and API.NewLambdaAuthorizer make one.
type Authorizer struct {
	Name string `json:"name"`
	// Type is COGNITO_USER_POOLS, TOKEN (a function that receives the token) or REQUEST (one that receives the
	// request).
	Type         string `json:"type"`
	ProviderARNs []any  `json:"providerArns,omitempty"` // of Cognito's user pools
	// Function is the name of the service's function that decides. For any other function, set FunctionArn instead.
	Function    string `json:"function,omitempty"`
	FunctionArn any    `json:"functionArn,omitempty"`
	// IdentitySource is where the token is, for example method.request.header.Authorization, which is the default, or a
	// comma-separated list of what a REQUEST authorizer needs.
	IdentitySource               string `json:"identitySource,omitempty"`
	IdentityValidationExpression string `json:"identityValidationExpression,omitempty"` // of the token
	// ResultTTLInSeconds is how long a decision is remembered, up to 3600. Nil means 300.
	ResultTTLInSeconds *int64 `json:"resultTtlInSeconds,omitempty"`
	Credentials        any    `json:"credentials,omitempty"` // ARN of a role that invokes the function
}

// NewCognitoAuthorizer adds an authorizer that requires a token of one of Cognito's user pools, given by their ARNs.
func (api *API) NewCognitoAuthorizer(name string, userPoolARNs ...any) *Authorizer {
	return api.authorizer(&Authorizer{Name: name, Type: "COGNITO_USER_POOLS", ProviderARNs: userPoolARNs})
}

// NewLambdaAuthorizer adds an authorizer that asks a function of the service. The function's event is
// aws-lambda-go's events.APIGatewayCustomAuthorizerRequest.
func (api *API) NewLambdaAuthorizer(name string, function *LambdaAWSInfo) *Authorizer {
	return api.authorizer(&Authorizer{Name: name, Type: "TOKEN", Function: function.Name()})
}

func (api *API) authorizer(authorizer *Authorizer) *Authorizer {
	api.Authorizers = append(api.Authorizers, authorizer)
	return authorizer
}

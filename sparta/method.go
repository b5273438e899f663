package sparta

// Method is a method of a Resource. Resource.NewMethod makes one.
type Method struct {
	// Authorizer is the name of one of the API's Authorizers, AWS_IAM, or an intrinsic that results in the ID of an
	// authorizer. Nil means that anybody may call the method.
	Authorizer          any      `json:"authorizer,omitempty"`
	AuthorizationScopes []string `json:"authorizationScopes,omitempty"` // of access tokens, with Cognito
	APIKeyRequired      bool     `json:"apiKeyRequired,omitempty"`
	OperationName       string   `json:"operationName,omitempty"` // in SDKs
	DefaultStatusCode   int      `json:"defaultStatusCode"`       // of success

	// Parameters says of each parameter of the method whether it is required, by method.request.querystring.NAME,
	// method.request.header.NAME or method.request.path.NAME.
	Parameters map[string]bool   `json:"parameters,omitempty"`
	Models     map[string]*Model `json:"models,omitempty"` // of the request's body, by content type
	// ValidateParameters rejects requests without required parameters; ValidateBody, those that do not match their
	// model.
	ValidateParameters bool `json:"validateParameters,omitempty"`
	ValidateBody       bool `json:"validateBody,omitempty"`

	// SupportedRequestContentTypes lists the content types of accepted bodies; other requests are answered with code
	// 415. Empty means application/json, text/plain, application/x-www-form-urlencoded and multipart/form-data.
	// Requests without a body count as application/json.
	SupportedRequestContentTypes []string `json:"supportedRequestContentTypes,omitempty"`

	Responses   map[int]*Response `json:"responses,omitempty"` // by status code
	Integration Integration       `json:"integration"`
}

// Response declares the headers and models of the method's responses with a status code.
type Response struct {
	Parameters map[string]bool   `json:"parameters,omitempty"` // method.response.header.NAME
	Models     map[string]*Model `json:"models,omitempty"`     // by content type
}

// Model is a JSON schema. Models with the same name are the same model. Without a schema, Empty and Error are API
// Gateway's own.
type Model struct {
	Name        string `json:"name"` // letters and digits
	Description string `json:"description,omitempty"`
	Schema      string `json:"schema,omitempty"` // JSON schema, draft 4
}

// Integration describes how a method invokes its function.
type Integration struct {
	// Type is AWS (the default): templates make the function's event from the request, see package
	// github.com/go-sparta/sparta/sparta/events, and the response from its result. With AWS_PROXY the function receives
	// aws-lambda-go's events.APIGatewayProxyRequest and returns an events.APIGatewayProxyResponse.
	Type             string            `json:"type,omitempty"`
	Parameters       map[string]string `json:"parameters,omitempty"`       // integration.request.header.NAME …
	RequestTemplates map[string]string `json:"requestTemplates,omitempty"` // by content type; they replace defaults
	// ContentHandling is CONVERT_TO_TEXT, which encodes binary bodies in base64, or CONVERT_TO_BINARY. For an API with
	// binary media types, empty means CONVERT_TO_TEXT.
	ContentHandling    string                       `json:"contentHandling,omitempty"`
	CacheKeyParameters []string                     `json:"cacheKeyParameters,omitempty"` // of the method's Parameters
	CacheNamespace     string                       `json:"cacheNamespace,omitempty"`
	Credentials        any                          `json:"credentials,omitempty"`     // ARN of a role
	TimeoutInMillis    int64                        `json:"timeoutInMillis,omitempty"` // 0 means 29000
	Responses          map[int]*IntegrationResponse `json:"responses,omitempty"`       // by status code
}

// IntegrationResponse is how a function's result becomes a response with a status code.
type IntegrationResponse struct {
	// Parameters are the values of headers by method.response.header.NAME: 'text', or for example
	// integration.response.body.url.
	Parameters map[string]any `json:"parameters,omitempty"`
	// SelectionPattern is a regular expression: errors whose whole message matches it have this response. If it is
	// empty, results without an error have the response with the default code, and an HTTPError the one with its code.
	SelectionPattern string            `json:"selectionPattern,omitempty"`
	Templates        map[string]string `json:"templates,omitempty"`       // by content type
	ContentHandling  string            `json:"contentHandling,omitempty"` // CONVERT_TO_BINARY or CONVERT_TO_TEXT
}

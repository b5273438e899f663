package sparta

import (
	"errors"
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/plainjson"
)

// API is an API of API Gateway in front of the service's functions: a REST API, which NewAPIGateway makes, an HTTP API,
// which NewHTTPAPI makes, or a WebSocket API, which NewWebSocketAPI makes. Values of type any are strings or
// CloudFormation intrinsics.
type API struct {
	Name         string `json:"name"`
	Description  string `json:"description,omitempty"`
	ProtocolType string `json:"protocolType,omitempty"` // HTTP or WEBSOCKET; empty for a REST API
	Stage        *Stage `json:"stage,omitempty"`        // nil means that a REST API is not deployed

	Resources []*Resource `json:"resources,omitempty"` // of a REST API
	Routes    []*Route    `json:"routes,omitempty"`    // of an HTTP or WebSocket API
	// RouteSelectionExpression is what chooses the route of a message to a WebSocket API.
	RouteSelectionExpression string `json:"routeSelectionExpression,omitempty"`

	// CORSEnabled lets pages of other origins call the API: each path answers OPTIONS, and each response has the
	// headers of CORSOptions, or of an HTTP API's CorsConfiguration, or else defaults that allow every origin. Each of
	// these two implies it.
	CORSEnabled       bool         `json:"corsEnabled,omitempty"`
	CORSOptions       *CORSOptions `json:"corsOptions,omitempty"`
	CorsConfiguration *APICors     `json:"corsConfiguration,omitempty"`

	Authorizers []*Authorizer `json:"authorizers,omitempty"`
	UsagePlans  []*UsagePlan  `json:"usagePlans,omitempty"`
	Domain      *APIDomain    `json:"domain,omitempty"` // nil means API Gateway's own

	EndpointConfiguration *EndpointConfiguration `json:"endpointConfiguration,omitempty"` // nil means EDGE
	// DisableExecuteAPIEndpoint closes API Gateway's own domain, for an API with a Domain.
	DisableExecuteAPIEndpoint bool     `json:"disableExecuteApiEndpoint,omitempty"`
	BinaryMediaTypes          []string `json:"binaryMediaTypes,omitempty"`       // for example image/png
	MinimumCompressionSize    int64    `json:"minimumCompressionSize,omitempty"` // bytes; 0 means no compression
	APIKeySourceType          string   `json:"apiKeySourceType,omitempty"`       // HEADER (the default) or AUTHORIZER
	Policy                    any      `json:"policy,omitempty"`                 // resource policy, as a map
	CloneFrom                 any      `json:"cloneFrom,omitempty"`              // ID of an API to copy at creation

	problems []error // of calls whose error the caller may have ignored
}

// CORSOptions has headers of responses to pages of other origins, for example Access-Control-Allow-Origin.
type CORSOptions struct {
	Headers map[string]any `json:"headers,omitempty"`
}

// EndpointConfiguration says how clients reach an API.
type EndpointConfiguration struct {
	Types          []string `json:"types,omitempty"`          // one of EDGE, REGIONAL and PRIVATE
	VpcEndpointIDs []any    `json:"vpcEndpointIds,omitempty"` // of a PRIVATE API
}

// OutputAPIGatewayURL is the stack's output with the URL of the API's stage.
const OutputAPIGatewayURL = "APIGatewayURL"

// NewAPIGateway returns an API without resources. With a stage, it is deployed.
func NewAPIGateway(name string, stage *Stage) *API {
	return &API{Name: name, Stage: stage}
}

// LogicalResourceName returns the API's logical ID in the template, for hooks. Each kind of API has its own, because
// CloudFormation cannot change the type of a resource.
func (api *API) LogicalResourceName() string {
	switch api.ProtocolType {
	case HTTPProtocol:
		return "HTTPAPI"
	case WebSocketProtocol:
		return "WebSocketAPI"
	}
	return "APIGateway"
}

// RestAPIURL returns the API's URL without the stage, for the options of functions and for hooks.
func (api *API) RestAPIURL() cloudformation.Sub {
	host := "${" + api.LogicalResourceName() + "}.execute-api.${AWS::Region}.${AWS::URLSuffix}"
	return cloudformation.Sub("https://" + host)
}

// NewResource adds a path, such as /orders/{id} or /files/{path+}, whose methods invoke a function. A nil function
// means the service's only function.
func (api *API) NewResource(path string, function *LambdaAWSInfo) (*Resource, error) {
	resource := &Resource{Path: path, Methods: map[string]*Method{}, function: function}
	for _, other := range api.Resources {
		if other.Path == path && other.function == function {
			err := fmt.Errorf("the API has path %s twice for function %q: use the resource that the first call of "+
				"NewResource returned", path, resource.FunctionName())
			api.problems = append(api.problems, err)
			return nil, err
		}
	}
	api.Resources = append(api.Resources, resource)
	return resource, nil
}

// Problems returns all errors that NewResource and NewMethod have returned, joined, or nil.
func (api *API) Problems() error {
	problems := api.problems
	for _, resource := range api.Resources {
		if resource != nil {
			problems = append(problems[:len(problems):len(problems)], resource.problems...)
		}
	}
	return errors.Join(problems...)
}

// MarshalJSON returns the error of Problems if there is one.
func (api *API) MarshalJSON() ([]byte, error) {
	if err := api.Problems(); err != nil {
		return nil, err
	}
	type fields API
	return plainjson.Marshal((*fields)(api))
}

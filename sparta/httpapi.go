package sparta

// HTTPProtocol is the ProtocolType of an HTTP API.
const HTTPProtocol = "HTTP"

// DefaultStage is the name of an HTTP API's stage that is not a part of its URL.
const DefaultStage = "$default"

// APICors says which websites may call an HTTP API.
type APICors struct {
	AllowOrigins     []string `json:"allowOrigins,omitempty"` // for example https://www.example.com, or * for all
	AllowMethods     []string `json:"allowMethods,omitempty"` // for example GET, or * for all
	AllowHeaders     []string `json:"allowHeaders,omitempty"`
	ExposeHeaders    []string `json:"exposeHeaders,omitempty"`
	AllowCredentials bool     `json:"allowCredentials,omitempty"`
	MaxAge           int64    `json:"maxAge,omitempty"` // how long browsers may cache this, in seconds, up to 86400
}

// NewHTTPAPI returns an HTTP API without routes. A nil stage means one with the name DefaultStage.
func NewHTTPAPI(name string, stage *Stage) *API {
	if stage == nil {
		stage = NewStage(DefaultStage)
	}
	return &API{Name: name, ProtocolType: HTTPProtocol, Stage: stage}
}

// NewRoute adds a route of an HTTP or WebSocket API that everybody may call, and whose requests invoke a function. The
// key is a method and a path, such as GET /orders/{id} or ANY /files/{path+}, or $default for all other requests. A nil
// function means the only one of the service.
func (api *API) NewRoute(key string, function *LambdaAWSInfo) *Route {
	route := &Route{RouteKey: key, function: function}
	api.Routes = append(api.Routes, route)
	return route
}

// NewJWTAuthorizer adds an authorizer of an HTTP API that requires a JSON Web Token of an issuer, such as
// https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a, for one of the audiences.
func (api *API) NewJWTAuthorizer(name string, issuer any, audience ...any) *Authorizer {
	return api.authorizer(&Authorizer{
		Name: name, Type: "JWT", JWTConfiguration: &JWTConfiguration{Issuer: issuer, Audience: audience},
	})
}

package sparta

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"reflect"

	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta/apigateway"
)

// Resource is a path of an API with its methods. API.NewResource makes one.
type Resource struct {
	Path     string             `json:"path"`
	Function string             `json:"function,omitempty"` // its name; empty means the service's only one
	Methods  map[string]*Method `json:"methods"`            // by verb: GET, POST … or ANY

	function *LambdaAWSInfo // takes precedence over Function: its name may still change
	problems []error
}

// FunctionName returns the name of the function that the methods invoke. Empty means the service's only one.
func (r *Resource) FunctionName() string {
	if r.function != nil {
		return r.function.Name()
	}
	return r.Function
}

// NewMethod adds a method that anybody may call. Successful responses have the default code. The responses of all
// listed codes can be configured. An *HTTPError results in a response with its code, even if that is not listed; all
// other errors result in code 500.
func (r *Resource) NewMethod(verb string, defaultCode int, possibleCodes ...int) (*Method, error) {
	if r == nil {
		return nil, errors.New("the resource is nil: check the error of NewResource")
	}
	if r.Methods[verb] != nil {
		return nil, r.refuse(fmt.Errorf("path %s has method %s twice: remove one", r.Path, verb))
	}
	method := &Method{
		DefaultStatusCode: defaultCode,
		Parameters:        map[string]bool{},
		Models:            map[string]*Model{},
		Responses:         map[int]*Response{},
		Integration: Integration{
			Parameters:       map[string]string{},
			RequestTemplates: map[string]string{},
			Responses:        map[int]*IntegrationResponse{},
		},
	}
	for _, code := range append([]int{defaultCode, http.StatusInternalServerError}, possibleCodes...) {
		method.Responses[code] = &Response{Parameters: map[string]bool{}, Models: map[string]*Model{}}
		method.Integration.Responses[code] = &IntegrationResponse{
			Parameters: map[string]any{}, Templates: map[string]string{},
		}
	}
	if r.function != nil && returnsResponse(r.function.handler) {
		method.Integration.Responses[defaultCode].Templates["application/json"] = apigateway.ResponseTemplate
	}
	if r.Methods == nil {
		r.Methods = map[string]*Method{}
	}
	r.Methods[verb] = method
	return method, nil
}

// returnsResponse reports whether the result of a handler is a response that chooses its status code.
func returnsResponse(handler any) bool {
	kind := reflect.TypeOf(handler)
	return kind != nil && kind.Kind() == reflect.Func && kind.NumOut() > 0 &&
		kind.Out(0) == reflect.TypeFor[*apigateway.Response]()
}

// NewAuthorizedMethod adds a method as NewMethod does, whose callers must be authorized. The authorizer is one of the
// API's Authorizers or its name, AWS_IAM for requests that are signed by users or roles, or an intrinsic that results
// in the ID of an authorizer.
func (r *Resource) NewAuthorizedMethod(
	verb string, authorizer any, defaultCode int, possibleCodes ...int,
) (*Method, error) {
	if one, ok := authorizer.(*Authorizer); ok {
		authorizer = nil
		if one != nil {
			authorizer = one.Name
		}
	}
	if authorizer == nil || authorizer == "" {
		return nil, r.refuse(fmt.Errorf("method %s of path %s has no authorizer: name one, or use NewMethod", verb,
			cmp.Or(r, &Resource{}).Path))
	}
	method, err := r.NewMethod(verb, defaultCode, possibleCodes...)
	if err == nil {
		method.Authorizer = authorizer
	}
	return method, err
}

// refuse returns an error, and keeps it in case the caller ignores it.
func (r *Resource) refuse(err error) error {
	if r != nil {
		r.problems = append(r.problems, err)
	}
	return err
}

// MarshalJSON renders the function's name as it is now.
func (r *Resource) MarshalJSON() ([]byte, error) {
	type fields Resource
	named := fields(*r)
	named.Function = r.FunctionName()
	return plainjson.Marshal(named)
}

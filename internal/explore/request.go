package explore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/internal/gateway/front"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/sparta"
)

// functionURL is the route of a function's URL in the console.
const functionURL = "function URL"

// sampleEvent returns the event of a request to one of a service's routes, as the gateway makes it: parameters of the
// path have their own names as values, and a request that may have a body has an empty object.
func sampleEvent(
	ctx context.Context, handler *gateway.Gateway, service localservice.Service, function, route string,
) ([]byte, error) {
	served := front.Of(service.Descriptions(), service.API, service.Site)
	request, err := sampleRequest(ctx, served, function, route)
	if err != nil {
		return nil, err
	}
	event, err := handler.Preview(request)
	if err != nil {
		return nil, fmt.Errorf("make the event of route %s: %w", route, err)
	}
	return event, nil
}

func sampleRequest(ctx context.Context, served front.Front, function, route string) (*http.Request, error) {
	verb, path, _ := strings.Cut(route, " ")
	host := "localhost"
	switch {
	case route == functionURL || route == "URL":
		verb, path = http.MethodGet, "/"
		host = gateway.URL{Function: function}.Label() + ".localhost"
	case served.API == nil:
		return nil, errors.New("the service has no API that is served here")
	case route == "$default":
		verb, path = http.MethodGet, "/"
	}
	if verb == "ANY" {
		verb = http.MethodGet
	}
	path = apiroutes.Filled(path)
	if api := served.API; api != nil && host == "localhost" && api.Stage.Name != sparta.DefaultStage {
		path = "/" + api.Stage.Name + path
	}
	var body []byte
	if verb == http.MethodPost || verb == http.MethodPut || verb == http.MethodPatch {
		body = []byte("{}")
	}
	request, err := http.NewRequestWithContext(ctx, verb, "http://"+host+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("make a request of route %s: %w", route, err)
	}
	request.RemoteAddr, request.RequestURI = "127.0.0.1:0", path
	request.Header.Set("User-Agent", "sparta")
	if len(body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	addRequired(request, served.API, route)
	return request, nil
}

// addRequired adds the parameters that a method of a REST API requires.
func addRequired(request *http.Request, api *sparta.API, route string) {
	if api == nil {
		return
	}
	for _, one := range apiroutes.Routes(api) {
		if one.Verb+" "+one.Path != route {
			continue
		}
		query := request.URL.Query()
		for name, required := range one.Method.Parameters {
			kind, key, _ := strings.Cut(strings.TrimPrefix(name, "method.request."), ".")
			switch {
			case required && kind == "querystring":
				query.Set(key, key)
			case required && kind == "header" && request.Header.Get(key) == "":
				request.Header.Set(key, key)
			}
		}
		request.URL.RawQuery = query.Encode()
	}
}

package gateway

import (
	"net/http"
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// httpVersion2 returns the event of version 2.0 of a request to a route.
func (g *Gateway) httpVersion2(r *httpRequest, body []byte) ([]byte, error) {
	return plainjson.Marshal(g.version2(r.Request, body, g.addressOf(r)))
}

// addressOf returns where a request to a route goes.
func (g *Gateway) addressOf(r *httpRequest) address {
	return address{
		domain:     domain,
		route:      r.route.RouteKey,
		stage:      g.HTTP.API.Stage.Name,
		path:       r.path,
		parameters: orNull(r.parameters),
		variables:  orNull(constants(g.HTTP.API.Stage.Variables)),
		authorizer: r.authorizer,
	}
}

// event1OfHTTP is an event of version 1.0 of an HTTP API.
type event1OfHTTP struct {
	Version string `json:"version"`
	event1
}

// httpVersion1 returns the event of version 1.0 of a request to a route.
func (g *Gateway) httpVersion1(r *httpRequest, body []byte) ([]byte, error) {
	event := event1OfHTTP{Version: "1.0", event1: g.httpEvent1(r)}
	if len(body) > 0 {
		text, isBase64 := asText(body, r.Header.Get("Content-Type"))
		event.Body, event.IsBase64Encoded = &text, isBase64
	}
	return plainjson.Marshal(event)
}

// httpEvent1 returns the part of an event of version 1.0 that functions and authorizers receive.
func (g *Gateway) httpEvent1(r *httpRequest) event1 {
	now, id := g.Now().UTC(), g.NewID()
	resource := r.route.Path
	if resource == "" {
		resource = r.path // of $default
	}
	headers := map[string][]string{}
	for name, values := range received(r.Request) {
		headers[strings.ToLower(name)] = values
	}
	query := map[string][]string(r.URL.Query())
	authorizer := r.authorizer
	if authorizer == nil {
		authorizer = map[string]any{"claims": nil, "scopes": nil}
	}
	return event1{
		Resource:                        resource,
		Path:                            r.path,
		HTTPMethod:                      r.Method,
		Headers:                         lastOf(headers),
		MultiValueHeaders:               headers,
		QueryStringParameters:           orNull(firstOf(query)),
		MultiValueQueryStringParameters: orNull(query),
		PathParameters:                  orNull(r.parameters),
		StageVariables:                  orNull(constants(g.HTTP.API.Stage.Variables)),
		RequestContext: context1{
			Authorizer:        authorizer,
			ResourcePath:      resource,
			HTTPMethod:        r.Method,
			ExtendedRequestID: id,
			RequestTime:       now.Format(timeFormat),
			Path:              r.path,
			AccountID:         account,
			Protocol:          r.Proto,
			Stage:             g.HTTP.API.Stage.Name,
			DomainPrefix:      apiID,
			RequestTimeEpoch:  now.UnixMilli(),
			RequestID:         id,
			Identity:          identity1{SourceIP: sourceIP(r.Request), UserAgent: r.UserAgent()},
			DomainName:        domain,
			APIID:             apiID,
		},
	}
}

// firstOf returns the first value of each name.
func firstOf(values map[string][]string) map[string]string {
	first := map[string]string{}
	for name, list := range values {
		if len(list) > 0 {
			first[name] = list[0]
		}
	}
	return first
}

// writeHTTPVersion1 writes what a function with version 1.0 returns to an HTTP API, which decodes each body that is
// base64.
func writeHTTPVersion1(w http.ResponseWriter, document []byte) error {
	return writeProxied(w, document, func(string) bool { return true })
}

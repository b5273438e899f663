package gateway

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/sparta"
)

// REST is a REST API. Signatures of requests are not verified, any API key counts, and usage plans are not checked.
type REST struct {
	API *sparta.API
	// Function is the function of resources that name none.
	Function string

	routes []apiroutes.Route
}

// NewREST returns the API of a service. Its stage must not be nil.
func NewREST(api *sparta.API, function string) *REST {
	return &REST{API: api, Function: function, routes: apiroutes.Routes(api)}
}

// The messages of REST APIs.
const (
	unknownRoute = "Missing Authentication Token" // whether or not the path exists
	internal     = "Internal server error"
	tooLong      = "Request Too Long"
)

// serveREST serves a request whose path is in the stage.
func (g *Gateway) serveREST(w http.ResponseWriter, r *http.Request) {
	headers := constants(apiroutes.CORSHeaders(g.REST.API))
	segments, path, ok := g.REST.segments(r.URL.EscapedPath())
	if !ok {
		setAll(w.Header(), headers)
		writeMessage(w, http.StatusForbidden, "Forbidden")
		return
	}
	route, parameters, found := apiroutes.Match(g.REST.routes, r.Method, segments)
	switch {
	case !found && r.Method == http.MethodOptions && len(headers) > 0 && g.REST.has(segments):
		setAll(w.Header(), headers)
		w.WriteHeader(http.StatusOK)
		return
	case !found:
		setAll(w.Header(), headers)
		writeMessage(w, http.StatusForbidden, unknownRoute)
		return
	}
	own := &corsWriter{ResponseWriter: w, headers: http.Header{}}
	setAll(own.headers, headers)
	body, ok := readBody(own, r, tooLong)
	if !ok {
		return
	}
	request := &restRequest{
		Request: r, route: route, parameters: parameters, body: body, path: path,
		function: cmp.Or(route.Function, g.REST.Function),
	}
	if !g.authorizeREST(own, request) {
		return
	}
	if route.Method.Integration.Type == "AWS_PROXY" {
		g.serveProxy(w, request)
		return
	}
	setAll(w.Header(), headers)
	g.serveMapped(w, request)
}

// segments splits and unescapes the path in the stage. It reports whether the path is in the stage.
func (r *REST) segments(escaped string) (segments []string, path string, ok bool) {
	rest, inStage := strings.CutPrefix(escaped, "/"+r.API.Stage.Name)
	if !inStage || rest != "" && rest[0] != '/' {
		return nil, "", false
	}
	for _, part := range apiroutes.Segments(strings.TrimSuffix(rest, "/")) {
		unescaped, err := url.PathUnescape(part)
		if err != nil {
			return nil, "", false
		}
		segments = append(segments, unescaped)
	}
	return segments, "/" + strings.Join(segments, "/"), true
}

// has reports whether a path has any method.
func (r *REST) has(segments []string) bool {
	return slices.ContainsFunc(r.routes, func(route apiroutes.Route) bool {
		_, _, fits := apiroutes.Match([]apiroutes.Route{route}, route.Verb, segments)
		return fits
	})
}

package gateway

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/sparta"
)

// HTTP is an HTTP API. Signatures of requests are not verified.
type HTTP struct {
	API *sparta.API
	// Function is the function of routes that name none.
	Function string

	routes []apiroutes.HTTPRoute
}

// NewHTTP returns the API of a service. Its stage must not be nil.
func NewHTTP(api *sparta.API, function string) *HTTP {
	return &HTTP{API: api, Function: function, routes: apiroutes.HTTPRoutes(api)}
}

// httpRequest is a request to a route of an HTTP API.
type httpRequest struct {
	*http.Request
	route      apiroutes.HTTPRoute
	parameters map[string]string // of the path
	path       string            // with the stage
	authorizer any               // the authorizer's result, or nil
}

// The messages of HTTP APIs.
const (
	notFound      = "Not Found"
	unauthorized  = "Unauthorized"
	forbidden     = "Forbidden"
	internalError = "Internal Server Error"
	tooLarge      = "Request Entity Too Large"
)

// serveHTTPAPI serves a request of an HTTP API.
func (g *Gateway) serveHTTPAPI(w http.ResponseWriter, r *http.Request) {
	segments, path, inStage := g.HTTP.segments(r.URL.EscapedPath())
	route, parameters, found := apiroutes.MatchHTTP(g.HTTP.routes, r.Method, segments)
	if cors := apiroutes.Cors(g.HTTP.API); cors != nil {
		rules := sparta.LambdaFunctionURLCors(*cors)
		own := &corsWriter{ResponseWriter: w, headers: http.Header{}}
		if preflight := allow(own.headers, r, &rules); preflight && !(inStage && found) {
			own.WriteHeader(http.StatusNoContent)
			return
		}
		w = own
	}
	if !inStage || !found {
		writeMessage(w, http.StatusNotFound, notFound)
		return
	}
	body, ok := readBody(w, r, tooLarge)
	if !ok {
		return
	}
	request := &httpRequest{Request: r, route: route, parameters: parameters, path: path}
	if g.authorizeHTTP(w, request) {
		g.serveRoute(w, request, body)
	}
}

// serveRoute invokes the function of a route.
func (g *Gateway) serveRoute(w http.ResponseWriter, r *httpRequest, body []byte) {
	function := cmp.Or(r.route.FunctionName(), g.HTTP.Function)
	makeEvent, write := g.httpVersion2, writeVersion2
	if r.route.PayloadFormatVersion == "1.0" {
		makeEvent, write = g.httpVersion1, writeHTTPVersion1
	}
	event, err := makeEvent(r, body)
	var response []byte
	if err == nil {
		response, err = g.deliver(r.Context(), function, event)
	}
	if err == nil {
		err = write(w, response)
	}
	switch {
	case errors.Is(err, errTooLarge):
		writeMessage(w, http.StatusRequestEntityTooLarge, tooLarge)
	case err != nil:
		g.Failed(function, err)
		writeMessage(w, http.StatusInternalServerError, internalError)
	}
}

// segments splits and unescapes the path in the stage. It also returns the whole path, and reports whether it is in the
// stage.
func (h *HTTP) segments(escaped string) (segments []string, path string, inStage bool) {
	prefix := ""
	if h.API.Stage.Name != sparta.DefaultStage {
		prefix = "/" + h.API.Stage.Name
	}
	rest, inStage := strings.CutPrefix(escaped, prefix)
	if !inStage || rest != "" && rest[0] != '/' {
		return nil, "", false
	}
	for _, part := range apiroutes.Segments(rest) {
		unescaped, err := url.PathUnescape(part)
		if err != nil {
			return nil, "", false
		}
		segments = append(segments, unescaped)
	}
	return segments, prefix + "/" + strings.Join(segments, "/"), true
}

// corsWriter adds headers about other origins to a response, instead of those that the function returns.
type corsWriter struct {
	http.ResponseWriter
	headers http.Header
	written bool
}

func (w *corsWriter) Write(body []byte) (int, error) {
	if !w.written {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(body)
}

func (w *corsWriter) WriteHeader(status int) {
	w.written = true
	for name := range w.Header() {
		if strings.HasPrefix(name, "Access-Control-") {
			w.Header().Del(name)
		}
	}
	for name, values := range w.headers {
		w.Header()[name] = values
	}
	w.ResponseWriter.WriteHeader(status)
}

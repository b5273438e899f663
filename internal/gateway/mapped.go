package gateway

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/sparta/events"
)

// FunctionError is the failure of a function, as its error document has it.
type FunctionError struct {
	Message  string // errorMessage
	Document string // all of it
}

func (e *FunctionError) Error() string { return e.Document }

// serveMapped serves a method whose templates make the event and the response. The default templates are computed;
// templates of the user's own are not evaluated.
func (g *Gateway) serveMapped(w http.ResponseWriter, r *restRequest) {
	method := r.route.Method
	if missing := r.missingParameters(); method.ValidateParameters && len(missing) > 0 {
		writeMessage(w, http.StatusBadRequest,
			"Missing required request parameters: ["+strings.Join(missing, ", ")+"]")
		return
	}
	contentType := apiroutes.MediaType(cmp.Or(r.Header.Get("Content-Type"), "application/json"))
	if method.Integration.RequestTemplates[contentType] != "" {
		g.refuseTemplate(w, r, "request of type "+contentType)
		return
	}
	if !accepts(method, contentType) {
		writeMessage(w, http.StatusUnsupportedMediaType, "Unsupported Media Type")
		return
	}
	event, err := plainjson.Marshal(g.mappedEvent(r, contentType))
	var result []byte
	if err == nil {
		result, err = g.deliver(r.Context(), r.function, event)
	}
	var failed *FunctionError
	switch {
	case errors.As(err, &failed):
		if statusOf(failed.Message) == 0 { // the client sees an HTTPError
			g.Failed(r.function, failed)
		}
		g.writeError(w, r, failed)
	case errors.Is(err, errTooLarge):
		writeMessage(w, http.StatusRequestEntityTooLarge, tooLong)
	case err != nil: // there is no error document, as after a timeout of API Gateway
		g.Failed(r.function, err)
		writeMessage(w, http.StatusInternalServerError, internal)
	case hasResponseTemplate(method, method.DefaultStatusCode):
		g.writeResponse(w, r, method.DefaultStatusCode, result)
	default:
		g.writeTemplate(w, r, method.DefaultStatusCode, result)
	}
}

func accepts(method *sparta.Method, contentType string) bool {
	for _, accepted := range apiroutes.ContentTypes(method) {
		if apiroutes.MediaType(accepted) == contentType {
			return true
		}
	}
	return false
}

// refuseTemplate answers that a template is not evaluated here.
func (g *Gateway) refuseTemplate(w http.ResponseWriter, r *restRequest, what string) {
	text := fmt.Sprintf("the template for a %s of method %s of path %s is your own: "+
		"only API Gateway evaluates mapping templates", what, r.route.Verb, r.route.Path)
	g.Failed(r.function, errors.New(text))
	writeMessage(w, http.StatusNotImplemented, text)
}

// missingParameters returns the required parameters that a request does not have.
func (r *restRequest) missingParameters() []string {
	var missing []string
	for name, required := range r.route.Method.Parameters {
		kind, name, _ := strings.Cut(strings.TrimPrefix(name, "method.request."), ".")
		given := true
		switch kind {
		case "querystring":
			given = r.URL.Query().Has(name)
		case "header":
			given = r.Header.Get(name) != ""
		}
		if required && !given {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	return missing
}

// mappedEvent returns the event that a default template makes.
func (g *Gateway) mappedEvent(r *restRequest, contentType string) events.APIGatewayRequest {
	return events.APIGatewayRequest{
		APIGatewayEnvelope: events.APIGatewayEnvelope{
			Method:      r.Method,
			Headers:     lastOf(received(r.Request)),
			QueryParams: lastOf(r.URL.Query()),
			PathParams:  r.parameters,
			Context: events.APIGatewayContext{
				APIID:        apiID,
				Method:       r.Method,
				RequestID:    g.NewID(),
				ResourceID:   resourceID(r.route),
				ResourcePath: r.route.Path,
				Stage:        g.REST.API.Stage.Name,
				Identity: events.APIGatewayIdentity{
					APIKey: r.apiKey(), SourceIP: sourceIP(r.Request), UserAgent: r.UserAgent(),
				},
			},
			Authorizer: r.mappedAuthorizer(),
		},
		Body: g.mappedBody(r, contentType),
	}
}

func (g *Gateway) mappedBody(r *restRequest, contentType string) any {
	text := string(r.body)
	if g.isBinary(contentType) {
		text = encoded(r.body)
	}
	switch apiroutes.KindOf(contentType) {
	case apiroutes.JSONBody:
		var value any
		switch {
		case text == "":
			return map[string]any{}
		case json.Unmarshal(r.body, &value) != nil:
			return text
		}
		return value
	case apiroutes.FormBody:
		form := map[string]any{}
		for pair := range strings.SplitSeq(text, "&") {
			name, value, isPair := strings.Cut(pair, "=")
			if isPair {
				form[unescaped(name)] = unescaped(value)
			}
		}
		return form
	}
	return text
}

func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// writeError writes the response that fits an error's message.
func (g *Gateway) writeError(w http.ResponseWriter, r *restRequest, failed *FunctionError) {
	method := r.route.Method
	for _, code := range apiroutes.Codes(method) {
		response := method.Integration.Responses[code]
		if response == nil || response.SelectionPattern == "" {
			continue
		}
		pattern, err := regexp.Compile(`\A(?:` + response.SelectionPattern + `)\z`)
		if err != nil {
			g.refuseTemplate(w, r, fmt.Sprintf("selection of status %d", code))
			return
		}
		if pattern.MatchString(failed.Message) {
			g.writeTemplate(w, r, code, []byte(failed.Message))
			return
		}
	}
	if last := method.Integration.Responses[apiroutes.CatchAll]; last != nil && last.SelectionPattern != "" {
		g.writeTemplate(w, r, method.DefaultStatusCode, []byte(failed.Document)) // what no pattern fits
		return
	}
	code := statusOf(failed.Message)
	_, declared := method.Integration.Responses[code]
	if own := method.Integration.Responses[code]; declared && code != apiroutes.CatchAll &&
		(own == nil || own.SelectionPattern == "") {
		g.writeTemplate(w, r, code, []byte(failed.Message))
		return
	}
	if hasTemplates(method, apiroutes.CatchAll) {
		g.refuseTemplate(w, r, fmt.Sprintf("response of status %d", apiroutes.CatchAll))
		return
	}
	document := []byte(`{"code":500,"status":"Internal Server Error"}`)
	if code != 0 {
		document = []byte(failed.Message)
	}
	g.writeBody(w, r, apiroutes.CatchAll, cmp.Or(code, apiroutes.CatchAll), document)
}

var httpErrorPattern = regexp.MustCompile(`\A\{"code":([45][0-9][0-9]),`)

// statusOf returns the status of an HTTPError, or 0 for other errors.
func statusOf(message string) int {
	if !httpErrorPattern.MatchString(message) {
		return 0
	}
	var document sparta.HTTPError
	if json.Unmarshal([]byte(message), &document) != nil {
		return 0
	}
	return document.Code
}

func hasTemplates(method *sparta.Method, code int) bool {
	response := method.Integration.Responses[code]
	if response == nil {
		return false
	}
	for _, template := range response.Templates {
		if template != "" {
			return true
		}
	}
	return false
}

// writeTemplate writes a response whose body is passed through, unless it has a template.
func (g *Gateway) writeTemplate(w http.ResponseWriter, r *restRequest, code int, body []byte) {
	if hasTemplates(r.route.Method, code) {
		g.refuseTemplate(w, r, fmt.Sprintf("response of status %d", code))
		return
	}
	g.writeBody(w, r, code, code, body)
}

// writeBody writes a body with the headers of a configured response and a status.
func (g *Gateway) writeBody(w http.ResponseWriter, r *restRequest, configured, status int, body []byte) {
	g.setHeaders(w, r, configured, body)
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

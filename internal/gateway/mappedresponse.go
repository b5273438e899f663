package gateway

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/sparta/apigateway"
)

// hasResponseTemplate reports whether the template of a response is the one of apigateway.Response.
func hasResponseTemplate(method *sparta.Method, code int) bool {
	response := method.Integration.Responses[code]
	if response == nil {
		return false
	}
	found := false
	for _, template := range response.Templates {
		if template != "" && template != apigateway.ResponseTemplate {
			return false
		}
		found = found || template != ""
	}
	return found
}

// writeResponse writes what the template makes of an apigateway.Response: its code, if it has one, headers and body.
func (g *Gateway) writeResponse(w http.ResponseWriter, r *restRequest, code int, result []byte) {
	var parts map[string]json.RawMessage // not a struct: the template's names have no other case
	_ = json.Unmarshal(result, &parts)   // another result has no parts
	var headers map[string]any
	_ = json.Unmarshal(parts["headers"], &headers)
	g.setHeaders(w, r, code, result)
	for name, value := range headers {
		if text, isText := value.(string); isText {
			w.Header().Set(name, text)
		}
	}
	if own, err := strconv.Atoi(strings.Trim(string(parts["code"]), `"`)); err == nil && own >= 200 && own < 600 {
		code = own
	}
	w.WriteHeader(code)
	_, _ = w.Write(parts["body"])
}

// setHeaders sets the headers of a configured response, which may have parts of the function's result.
func (g *Gateway) setHeaders(w http.ResponseWriter, r *restRequest, configured int, result []byte) {
	w.Header().Set("Content-Type", "application/json")
	if response := r.route.Method.Integration.Responses[configured]; response != nil {
		for parameter, value := range response.Parameters {
			name, isHeader := strings.CutPrefix(parameter, "method.response.header.")
			if text, ok := parameterValue(value, result); ok && isHeader {
				w.Header().Set(name, text)
			}
		}
	}
}

// parameterValue returns the value of a response's header: a text in quotes, or a part of the function's result.
func parameterValue(value any, body []byte) (text string, ok bool) {
	expression, ok := value.(string)
	if !ok {
		return "", false
	}
	if len(expression) > 1 && expression[0] == '\'' && expression[len(expression)-1] == '\'' {
		return expression[1 : len(expression)-1], true
	}
	field, inBody := strings.CutPrefix(expression, "integration.response.body.")
	var result map[string]any
	if !inBody || json.Unmarshal(body, &result) != nil || result[field] == nil {
		return "", false
	}
	if text, ok := result[field].(string); ok {
		return text, true
	}
	encoded, err := json.Marshal(result[field])
	return string(encoded), err == nil
}

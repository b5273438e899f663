package restapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/sparta/apigateway"
	"github.com/go-sparta/sparta/sparta/events"
)

// request is one that API Gateway has received.
type request struct {
	body                 string
	headers, query, path map[string]any
	context              map[string]any // in addition to that of every request
}

// variables are those of API Gateway, as its documents define them.
func (r request) variables() map[string]any {
	context := map[string]any{
		"httpMethod": "POST", "apiId": "abc", "requestId": "1-2", "resourceId": "r1", "resourcePath": "/orders/{id}",
		"stage": "v1", "responseOverride": map[string]any{"header": map[string]any{}},
		"identity": map[string]any{"sourceIp": "192.0.2.1", "userAgent": `it's "curl"`},
	}
	for name, value := range r.context {
		context[name] = value
	}
	var body any
	if json.Unmarshal([]byte(r.body), &body) != nil {
		if body = r.body; r.body == "" { // API Gateway replaces an empty body
			r.body, body = "{}", map[string]any{}
		}
	}
	return map[string]any{
		"context": context,
		"input": map[string]any{
			"body": r.body,
			"json": method(func(arguments ...any) any {
				text, _ := json.Marshal(at(body, arguments[0].(string)))
				return string(text)
			}),
			"path": method(func(arguments ...any) any { return at(body, arguments[0].(string)) }),
			"params": method(func(...any) any {
				return map[string]any{"header": r.headers, "querystring": r.query, "path": r.path}
			}),
		},
		"util": map[string]any{
			"escapeJavaScript": method(func(arguments ...any) any {
				if arguments[0] == nil {
					return nil
				}
				return escapeJavaScript(arguments[0].(string))
			}),
			"urlDecode": method(func(arguments ...any) any {
				text, err := url.QueryUnescape(arguments[0].(string))
				if err != nil {
					panic(err)
				}
				return text
			}),
			"parseJson": method(func(arguments ...any) any {
				var value any
				if err := json.Unmarshal([]byte(arguments[0].(string)), &value); err != nil {
					panic(err)
				}
				return value
			}),
		},
	}
}

// at is the part of a body that a JSON path such as $.code selects.
func at(body any, path string) any {
	if path == "$" {
		return body
	}
	inner, _ := body.(map[string]any)
	return inner[strings.TrimPrefix(path, "$.")]
}

// escapeJavaScript is that of Apache Commons Lang 2, which API Gateway uses: it escapes quotes of both kinds, slashes,
// and all that is not ASCII.
func escapeJavaScript(text string) string {
	var out strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		switch {
		case strings.ContainsRune("'\"\\/", rune(unit)):
			fmt.Fprintf(&out, `\%c`, unit)
		case strings.ContainsRune("\b\f\n\r\t", rune(unit)):
			out.WriteString(map[rune]string{'\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}[rune(unit)])
		case unit < 0x20 || unit > 0x7e:
			fmt.Fprintf(&out, `\u%04X`, unit)
		default:
			out.WriteByte(byte(unit))
		}
	}
	return out.String()
}

// awkward has the characters that templates have to escape.
const awkward = `it's "5 \ 6" / <b> ` + "\n\t\u2028 äöü 🌏 \x7f $util #end \\'"

func TestTheDefaultEvents(t *testing.T) {
	none := map[string]any{}
	full := map[string]any{"a": awkward, awkward: "1", "empty": ""}
	tests := map[string]struct {
		kind    string
		request request
		body    any
	}{
		"JSON": {
			jsonRequest, request{body: `{"item": "it's \"5\"", "n": 1}`}, map[string]any{"item": `it's "5"`, "n": 1.0},
		},
		"a JSON list":               {jsonRequest, request{body: `[1, "ü"]`}, []any{1.0, "ü"}},
		"no body":                   {jsonRequest, request{}, map[string]any{}},
		"invalid JSON":              {jsonRequest, request{body: `{"a": 'it' + "5"`}, `{"a": 'it' + "5"`},
		"text":                      {textRequest, request{body: awkward}, awkward},
		"text that looks like JSON": {textRequest, request{body: `{"a": 1}`}, `{"a": 1}`},
		"no text":                   {textRequest, request{}, ""},
		"binary, as base64":         {textRequest, request{body: "iVBORw0KGgo+/w=="}, "iVBORw0KGgo+/w=="},
		"a form": {
			formRequest,
			request{body: "a=1&b=it%27s+%22%C3%BC%22&c=&d=x%3Dy=z&flag&a=2"},
			map[string]any{"a": "2", "b": `it's "ü"`, "c": "", "d": "x=y=z"},
		},
		"an empty form":          {formRequest, request{}, map[string]any{}},
		"headers and parameters": {jsonRequest, request{headers: full, query: full, path: full}, map[string]any{}},
		"what a Lambda authorizer returned": {
			jsonRequest,
			request{context: map[string]any{"authorizer": map[string]any{"principalId": awkward, "level": "5"}}},
			map[string]any{},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, list := range []*map[string]any{&test.request.headers, &test.request.query, &test.request.path} {
				if *list == nil {
					*list = none
				}
			}
			text := render(defaultTemplates()[test.kind], test.request.variables())
			var got events.APIGatewayRequest
			decoder := json.NewDecoder(strings.NewReader(text))
			decoder.DisallowUnknownFields()
			if err := decoder.Decode(&got); err != nil {
				t.Fatalf("%v:\n%s", err, text)
			}
			authorizer, _ := test.request.context["authorizer"].(map[string]any)
			if authorizer == nil {
				authorizer = none
			}
			want := events.APIGatewayRequest{Body: test.body, APIGatewayEnvelope: events.APIGatewayEnvelope{
				Method: "POST", Authorizer: authorizer,
				Headers: texts(test.request.headers), QueryParams: texts(test.request.query),
				PathParams: texts(test.request.path),
				Context: events.APIGatewayContext{
					APIID: "abc", Method: "POST", RequestID: "1-2", ResourceID: "r1", ResourcePath: "/orders/{id}",
					Stage:    "v1",
					Identity: events.APIGatewayIdentity{SourceIP: "192.0.2.1", UserAgent: `it's "curl"`},
				},
			}}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("the event is\n%#v, want\n%#v", got, want)
			}
		})
	}
}

func texts(of map[string]any) map[string]string {
	list := map[string]string{}
	for name, value := range of {
		list[name] = value.(string)
	}
	return list
}

func TestTheClaimsOfATokenAreAMap(t *testing.T) {
	r := request{headers: map[string]any{}, context: map[string]any{"authorizer": map[string]any{
		"claims": map[string]any{"sub": "1", "name": awkward, "cognito:groups": "a,b"}, "scopes": "a",
	}}}
	var got events.APIGatewayRequest
	if err := json.Unmarshal([]byte(render(defaultTemplates()[jsonRequest], r.variables())), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"claims": map[string]any{"sub": "1", "name": awkward, "cognito:groups": "a,b"}, "scopes": "a",
	}
	if !reflect.DeepEqual(got.Authorizer, want) {
		t.Errorf("the authorizer is %#v, want %#v", got.Authorizer, want)
	}
}

// Every field of the event's type is in the template, and nothing else is.
func TestTheEventHasTheFieldsOfItsType(t *testing.T) {
	identity := map[string]any{}
	fields := reflect.TypeFor[events.APIGatewayIdentity]()
	for i := range fields.NumField() {
		identity[fields.Field(i).Tag.Get("json")] = fields.Field(i).Name
	}
	r := request{context: map[string]any{"identity": identity}}
	var got events.APIGatewayRequest
	if err := json.Unmarshal([]byte(render(defaultTemplates()[jsonRequest], r.variables())), &got); err != nil {
		t.Fatal(err)
	}
	for i := range fields.NumField() {
		if value := reflect.ValueOf(got.Context.Identity).Field(i).String(); value != fields.Field(i).Name {
			t.Errorf("identity's %s is %q", fields.Field(i).Name, value)
		}
	}
}

func TestTheDefaultErrors(t *testing.T) {
	httpError := func(code int, message string) string {
		return (&sparta.HTTPError{Code: code, Status: "Status", Message: message}).Error()
	}
	const hidden = `{"code":500,"status":"Internal Server Error"}`
	for name, test := range map[string]struct {
		message string
		status  any // nil means that of the response, 500
		body    string
	}{
		"an HTTP error": {httpError(418, awkward), 418.0, httpError(418, awkward)},
		"an error of package apigateway": {
			apigateway.NewErrorResponse(409, "taken", errors.New("a\nb")).Error(), 409.0,
			`{"code":409,"err":"Conflict","message":"taken a\nb"}`,
		},
		"an error of Go":                      {"open /secret: no such file", nil, hidden},
		"an error that looks like it":         {`{"code":200,"status":"OK"}`, nil, hidden},
		"an error whose code is not a number": {`{"code":"E42","x":1}`, nil, hidden},
	} {
		t.Run(name, func(t *testing.T) {
			document, err := json.Marshal(map[string]any{"errorMessage": test.message, "errorType": "X"})
			if err != nil {
				t.Fatal(err)
			}
			variables := request{body: string(document)}.variables()
			body := strings.TrimSpace(render(defaultTemplates()[anyError], variables))
			override := variables["context"].(map[string]any)["responseOverride"].(map[string]any)
			if body != test.body || override["status"] != test.status {
				t.Errorf("status %v, body %s; want %v, %s", override["status"], body, test.status, test.body)
			}
		})
	}
}

func TestAResponseChoosesItsStatusCodeAndHeaders(t *testing.T) {
	for name, test := range map[string]struct {
		response *apigateway.Response
		status   any
		headers  map[string]any
		body     string
	}{
		"everything": {
			apigateway.NewResponse(201, map[string]any{"a": "<b>"}, map[string]string{"Location": "/orders/1"}),
			201.0,
			map[string]any{"Location": "/orders/1"},
			`{"a":"\u003cb\u003e"}`,
		},
		"the body only": {&apigateway.Response{Body: []int{1}}, nil, map[string]any{}, "[1]"},
		"no body":       {apigateway.NewResponse(204, nil), 204.0, map[string]any{}, "null"},
	} {
		t.Run(name, func(t *testing.T) {
			document, err := json.Marshal(test.response)
			if err != nil {
				t.Fatal(err)
			}
			variables := request{body: string(document)}.variables()
			body := strings.TrimSpace(render(apigateway.ResponseTemplate, variables))
			override := variables["context"].(map[string]any)["responseOverride"].(map[string]any)
			if body != test.body || override["status"] != test.status ||
				!reflect.DeepEqual(override["header"], test.headers) {
				t.Errorf("response %v with body %s, want %v, %v and %s",
					override, body, test.status, test.headers, test.body)
			}
		})
	}
}

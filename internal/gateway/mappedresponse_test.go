package gateway_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/sparta/apigateway"
)

// The template that NewMethod sets for functions that return an apigateway.Response is evaluated.
func TestResponsesThatChooseTheirCode(t *testing.T) {
	for name, test := range map[string]struct{ result, body, header string }{
		"all of it": {
			`{"code": 201, "body": {"id": 7}, "headers": {"location": "/orders/7"}}`, `201 {"id": 7}`, "/orders/7",
		},
		"no code":      {`{"body": "x"}`, `200 "x"`, ""},
		"no body":      {`{"code": 404}`, `404 `, ""},
		"code is text": {`{"code": "404", "body": 1, "headers": []}`, `404 1`, ""},
		"another case": {`{"Code": 404, "Body": "x", "Headers": {"Location": "/"}}`, `200 `, ""},
		"not this one": {`[1]`, `200 `, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := servingREST(t, test.result, func(api *sparta.API) {
				response := method(api, "/orders", "GET").Integration.Responses[http.StatusOK]
				response.Templates = map[string]string{"application/json": apigateway.ResponseTemplate, "text/*": ""}
				response.Parameters = map[string]any{"method.response.header.X-Always": "'yes'"}
			})
			response := s.do(httptest.NewRequest(http.MethodGet, "/v1/orders", nil))
			body, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			got := response.Status[:4] + string(body)
			if got != test.body || response.Header.Get("Location") != test.header ||
				response.Header.Get("X-Always") != "yes" {
				t.Errorf("the response is %q with %v", got, response.Header)
			}
		})
	}
}

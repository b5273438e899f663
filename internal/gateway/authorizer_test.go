package gateway_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/sparta"
)

// signed returns a token with claims. Nobody looks at its signature.
func signed(claims string) string {
	return "e30." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".c2ln"
}

func TestTokensOfAnHTTPAPI(t *testing.T) {
	const (
		unauthorized = `401 {"message":"Unauthorized"}`
		forbidden    = `403 {"message":"Forbidden"}`
		invalid      = `Bearer scope="" error="invalid_token" error_description=`
	)
	tests := map[string]struct {
		token        string
		want         string // of the response; empty means that the function is invoked
		authenticate string // of the header WWW-Authenticate
	}{
		"a token": {signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"scope":"a b"}`), "", ""},
		"a token after the word Bearer": {
			"Bearer " + signed(`{"iss":"https://example.com","aud":["x","web"],"exp":1583349000,"scp":["a"]}`), "", "",
		},
		"a token of a client": {
			signed(`{"iss":"https://example.com","client_id":"web","exp":1583349000,"scope":"a"}`), "", "",
		},
		"no token":    {"", unauthorized, "Bearer"},
		"another one": {"abc", unauthorized, invalid + `"the token is malformed"`},
		"a token after another word": {
			"Basic " + signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"scope":"a"}`), unauthorized,
			invalid + `"the token is malformed"`,
		},
		"a token with more than its claims": {
			signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"scope":"a"} {}`), unauthorized,
			invalid + `"the token is malformed"`,
		},
		"a token without a header": {
			strings.TrimPrefix(signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"scope":"a"}`), "e30"),
			unauthorized, invalid + `"the token is malformed"`,
		},
		"a token of another issuer": {
			signed(`{"iss":"https://b.example","aud":"web","exp":1583349000,"scope":"a"}`), unauthorized,
			invalid + `"the issuer of the token is invalid"`,
		},
		"a token for another client": {
			signed(`{"iss":"https://example.com","aud":"mobile","client_id":"web","exp":1583349000,"scope":"a"}`),
			unauthorized, invalid + `"the token does not have a valid audience"`,
		},
		"an old token": {
			signed(`{"iss":"https://example.com","aud":"web","exp":1583348000,"scope":"a"}`), unauthorized,
			invalid + `"the token has expired"`,
		},
		"a token without an end": {
			signed(`{"iss":"https://example.com","aud":"web","scope":"a"}`), unauthorized,
			invalid + `"the token has expired"`,
		},
		"a token of the future": {
			signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"nbf":1583348900,"scope":"a"}`),
			unauthorized, invalid + `"the token is not valid yet"`,
		},
		"a token whose nbf is too far in the future": {
			signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"nbf":9223372036854775807,"scope":"a"}`),
			unauthorized, invalid + `"the token is not valid yet"`,
		},
		"a token whose nbf is not a number": {
			signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"nbf":"1583348900","scope":"a"}`),
			unauthorized, invalid + `"the token is not valid yet"`,
		},
		"a token whose iat is not a number": {
			signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"iat":"1583348900","scope":"a"}`),
			unauthorized, invalid + `"the token is used before it was issued"`,
		},
		"a token that lasts for ages": {
			signed(`{"iss":"https://example.com","aud":"web","exp":1e300,"nbf":-1e300,"scope":"a"}`), "", "",
		},
		"a token with numbers that are too large": {
			signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"nbf":1e999,"scope":"a"}`),
			unauthorized, invalid + `"the token is not valid yet"`,
		},
		"a token with a fourth part": {
			signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"scope":"a"}`) + ".x", unauthorized,
			invalid + `"the token is malformed"`,
		},
		"a token without the scope": {
			signed(`{"iss":"https://example.com","aud":"web","exp":1583349000,"scope":"c"}`), forbidden,
			`Bearer scope="a" error="insufficient_scope" ` +
				`error_description="the token does not have any required scopes"`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := servingHTTP(`{"statusCode":200}`, func(api *sparta.API) {
				api.Routes[0].Authorizer = api.NewJWTAuthorizer("users", "https://example.com", "web").Name
				api.Routes[0].AuthorizationScopes = []string{"a"}
			}, "GET /")
			request := httptest.NewRequest(http.MethodGet, "/", nil)
			if test.token != "" {
				request.Header.Set("Authorization", test.token)
			}
			checkAnswer(t, s, s.do(request), test.want)
			if got := s.do(request).Header.Get("Www-Authenticate"); got != test.authenticate {
				t.Errorf("WWW-Authenticate is %q, want %q", got, test.authenticate)
			}
		})
	}
}

// checkAnswer fails unless the response is as wanted, or a function has been invoked if nothing is wanted.
func checkAnswer(t *testing.T, s *served, response *http.Response, want string) {
	t.Helper()
	body, _ := io.ReadAll(response.Body)
	got := strings.TrimSpace(strings.Fields(response.Status)[0] + " " + string(body))
	if want == "" && (s.event == nil || response.StatusCode != http.StatusOK) {
		t.Errorf("the answer is %s, and the function receives %s", got, s.event)
	}
	if want != "" && (got != want || s.event != nil) {
		t.Errorf("the answer is %s, want %s; the function receives %s", got, want, s.event)
	}
}

// authorizing makes the function check answer to authorizers, with an answer or an error. It returns what it receives.
func authorizing(s *served, answer any) *string {
	var received string
	invoke := s.Invoke
	s.Invoke = func(ctx context.Context, function string, event []byte) ([]byte, error) {
		if function != "check" {
			return invoke(ctx, function, event)
		}
		received = string(event)
		if err, failed := answer.(error); failed {
			return nil, err
		}
		return []byte(answer.(string)), nil
	}
	return &received
}

// The documented event of an authorizer of version 2.0, with this machine's API and without a client's certificate.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
const documentedAuthorizerEvent2 = `{
  "version": "2.0",
  "type": "REQUEST",
  "routeArn": "arn:aws:execute-api:us-east-1:123456789012:local/$default/POST/my/path",
  "identitySource": ["value1,value2", "192.0.2.1"],
  "routeKey": "$default",
  "rawPath": "/my/path",
  "rawQueryString": "parameter1=value1&parameter1=value2&parameter2=value",
  "cookies": ["cookie1", "cookie2"],
  "headers": {
    "header1": "value1", "header2": "value1,value2", "content-type": "text/plain", "user-agent": "agent",
    "host": "local.execute-api.us-east-1.amazonaws.com",
    "x-forwarded-for": "192.0.2.1", "x-forwarded-port": "443", "x-forwarded-proto": "https"
  },
  "queryStringParameters": {"parameter1": "value1,value2", "parameter2": "value"},
  "requestContext": {
    "accountId": "123456789012",
    "apiId": "local",
    "domainName": "local.execute-api.us-east-1.amazonaws.com",
    "domainPrefix": "local",
    "http": {
      "method": "POST", "path": "/my/path", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "agent"
    },
    "requestId": "id",
    "routeKey": "$default",
    "stage": "$default",
    "time": "04/Mar/2020:19:03:58 +0000",
    "timeEpoch": 1583348638390
  },
  "stageVariables": {"stageVariable1": "value1", "stageVariable2": "value2"}
}`

func TestTheEventOfAnAuthorizer(t *testing.T) {
	asked := func(version string) func(api *sparta.API) {
		return func(api *sparta.API) {
			withVariables(api)
			api.Authorizers = []*sparta.Authorizer{{
				Name: "own", Type: "REQUEST", Function: "check", AuthorizerPayloadFormatVersion: version,
				IdentitySource: "$request.header.Header2, $context.identity.sourceIp",
			}}
			api.Routes[0].Authorizer = "own"
		}
	}
	s := servingHTTP(`{}`, asked(""), "$default")
	received := authorizing(s, `{}`)
	s.do(documentedRequest())
	equalJSON(t, []byte(*received), documentedAuthorizerEvent2)

	s = servingHTTP(`{}`, asked("1.0"), "$default")
	received = authorizing(s, `{}`)
	s.do(documentedRequest())
	var event map[string]any
	if err := json.Unmarshal([]byte(*received), &event); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]any{
		"version": "1.0", "type": "REQUEST", "path": "/my/path", "httpMethod": "POST",
		"methodArn":      "arn:aws:execute-api:us-east-1:123456789012:local/$default/POST/my/path",
		"identitySource": "value1,value2,192.0.2.1", "authorizationToken": "value1,value2,192.0.2.1",
	} {
		if event[name] != want {
			t.Errorf("%s is %v, want %v", name, event[name], want)
		}
	}
	if context, _ := event["requestContext"].(map[string]any); context["authorizer"] != nil {
		t.Errorf("the authorizer receives what it has to find out: %s", *received)
	}
	if _, hasBody := event["body"]; hasBody {
		t.Errorf("the authorizer receives the body: %s", *received)
	}
}

func TestFunctionsAuthorizeRequestsOfAnHTTPAPI(t *testing.T) {
	const (
		unauthorized = `401 {"message":"Unauthorized"}`
		forbidden    = `403 {"message":"Forbidden"}`
		failed       = `500 {"message":"Internal Server Error"}`
		arn          = "arn:aws:execute-api:us-east-1:123456789012:local/$default/"
	)
	policy := func(effect, resource string) string {
		return `{"principalId":"ann","policyDocument":{"Statement":[{"Effect":"` + effect +
			`","Action":"execute-api:Invoke","Resource":["` + resource + `"]}]},"context":{"a":1}}`
	}
	tests := map[string]struct {
		simple  bool
		answer  any
		key     string
		want    string // of the response; empty means that the function is invoked
		context string // in the function's event
	}{
		"a simple yes":       {true, `{"isAuthorized":true,"context":{"a":1}}`, "k", "", `{"lambda":{"a":1}}`},
		"a simple no":        {true, `{"isAuthorized":false}`, "k", forbidden, ""},
		"neither yes nor no": {true, `{}`, "k", failed, ""},
		"no identity":        {true, `{"isAuthorized":true}`, "", unauthorized, ""},
		"an error":           {true, &gateway.FunctionError{Message: "x", Document: "{}"}, "k", failed, ""},
		"a policy that allows": {
			false, policy("Allow", arn+"GET/a/*"), "k", "", `{"lambda":{"a":1,"principalId":"ann"}}`,
		},
		"a policy for all":        {false, policy("Allow", "*"), "k", "", `{"lambda":{"a":1,"principalId":"ann"}}`},
		"a policy of another API": {false, policy("Allow", arn+"POST/*"), "k", forbidden, ""},
		"a policy that denies":    {false, policy("Deny", "*"), "k", forbidden, ""},
		"no policy":               {false, `{}`, "k", failed, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := servingHTTP(`{"statusCode":200}`, func(api *sparta.API) {
				api.Authorizers = []*sparta.Authorizer{{
					Name: "own", Type: "REQUEST", Function: "check", EnableSimpleResponses: test.simple,
					IdentitySource: "$request.querystring.key",
				}}
				api.Routes[0].Authorizer = "own"
			}, "GET /a/{b}")
			authorizing(s, test.answer)
			response := s.do(httptest.NewRequest(http.MethodGet, "/a/b?key="+test.key, nil))
			checkAnswer(t, s, response, test.want)
			if test.want == "" {
				var event struct {
					RequestContext struct{ Authorizer json.RawMessage }
				}
				if err := json.Unmarshal(s.event, &event); err != nil {
					t.Fatal(err)
				}
				equalJSON(t, event.RequestContext.Authorizer, test.context)
			}
		})
	}
}

func TestAuthorizersOfARESTAPI(t *testing.T) {
	const (
		unauthorized = `401 {"message":"Unauthorized"}`
		denied       = `403 {"Message":"User is not authorized to access this resource"}`
		arn          = "arn:aws:execute-api:us-east-1:123456789012:local/v1/GET/orders"
	)
	policy := func(resource string) string {
		return `{"principalId":"ann","policyDocument":{"Statement":[{"Effect":"Allow","Action":"execute-api:Invoke",` +
			`"Resource":"` + resource + `"}]},"context":{"a":1}}`
	}
	pool := func(api *sparta.API) { api.NewCognitoAuthorizer("own", "arn") }
	token := func(api *sparta.API) {
		api.Authorizers = []*sparta.Authorizer{{
			Name: "own", Type: "TOKEN", Function: "check", IdentityValidationExpression: "k.*",
		}}
	}
	request := func(api *sparta.API) {
		api.Authorizers = []*sparta.Authorizer{{
			Name: "own", Type: "REQUEST", Function: "check",
			IdentitySource: "method.request.header.Authorization, stageVariables.table",
		}}
		api.Stage.Variables["table"] = "orders"
	}
	key := func(api *sparta.API) { method(api, "/orders", "GET").APIKeyRequired = true }
	tests := map[string]struct {
		change   func(*sparta.API)
		header   string
		answer   any
		want     string // of the response; empty means that the function is invoked
		received string // by the authorizer
		context  string // in the function's event
	}{
		"a token that is allowed": {
			token, "key", policy(arn), "", `{"type":"TOKEN","authorizationToken":"key","methodArn":"` + arn + `"}`,
			`{"a":"1","principalId":"ann"}`,
		},
		"a token that is not allowed":  {token, "key", policy(arn + "/7"), denied, "", ""},
		"a token of another form":      {token, "x", policy("*"), unauthorized, "", ""},
		"no token":                     {token, "", policy("*"), unauthorized, "", ""},
		"a function that does not say": {token, "key", `[]`, `500 {"message":"Internal server error"}`, "", ""},
		"a function that refuses": {
			token, "key", &gateway.FunctionError{Message: "Unauthorized", Document: "{}"}, unauthorized, "", "",
		},
		"a request": {request, "key", policy("*"), "", "", `{"a":"1","principalId":"ann"}`},
		"a user of a pool": {
			pool, signed(`{"sub":"ann","exp":1583349000,"custom:a":"b"}`), "", "", "",
			`{"claims":{"sub":"ann","exp":"1583349000"}}`,
		},
		"a client of a pool, which is not a user": {
			pool, signed(`{"client_id":"web","exp":1583349000}`), "", "", "", `{}`,
		},
		"a user whose token is old": {
			pool, signed(`{"sub":"ann","exp":1583348000}`), "", `401 {"message":"The incoming token has expired"}`,
			"", "",
		},
		"a user without a token": {pool, "", "", unauthorized, "", ""},
		"no key":                 {key, "", "", `403 {"message":"Forbidden"}`, "", ""},
		"a key":                  {key, "key", "", "", "", `{}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := servingREST(t, `{}`, func(api *sparta.API) {
				method(api, "/orders", "GET").Authorizer = "own"
				test.change(api)
			})
			received := authorizing(s, test.answer)
			r := httptest.NewRequest(http.MethodGet, "/v1/orders", nil)
			if test.header != "" {
				r.Header.Set("Authorization", test.header)
				r.Header.Set("X-Api-Key", test.header)
			}
			checkAnswer(t, s, s.do(r), test.want)
			if test.received != "" {
				equalJSON(t, []byte(*received), test.received)
			}
			if test.want == "" {
				var event struct{ Authorizer json.RawMessage }
				if err := json.Unmarshal(s.event, &event); err != nil {
					t.Fatal(err)
				}
				equalJSON(t, event.Authorizer, test.context)
			}
		})
	}
}

package gateway_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/go-sparta/sparta/internal/testtoken"
	"github.com/go-sparta/sparta/sparta"
)

// secretly returns a token for those who take the public key for a secret, because the token's algorithm has one.
func secretly(t *testing.T, i testtoken.Issuer, header, claims string) string {
	t.Helper()
	public, err := x509.MarshalPKIXPublicKey(&i.Private.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(header)) + "." + encode([]byte(claims))
	mac := hmac.New(sha256.New, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}))
	mac.Write([]byte(text))
	return text + "." + encode(mac.Sum(nil))
}

// Tokens of an HTTP API and of a REST API are verified with the keys of a file.
func TestSignaturesOfTokens(t *testing.T) {
	const (
		header  = `{"alg":"RS256","kid":"first"}`
		claims  = `{"sub":"ann","iss":"https://example.com/eu-west-1_a","aud":"web","exp":1583349000}`
		refused = `401 {"message":"Unauthorized"}`
	)
	own, stranger := testtoken.NewIssuer(t), testtoken.NewIssuer(t)
	for name, test := range map[string]struct {
		token string
		want  string // of the answer; empty means that the function is invoked
	}{
		"signed":                           {own.Token(t, header, claims), ""},
		"signed by somebody else":          {stranger.Token(t, header, claims), refused},
		"not signed":                       {signed(claims), refused},
		"signed with another key":          {own.Token(t, `{"alg":"RS256","kid":"other"}`, claims), refused},
		"without a key":                    {own.Token(t, `{"alg":"RS256"}`, claims), refused},
		"without an algorithm":             {own.Token(t, `{"alg":"none","kid":"first"}`, claims), refused},
		"with an algorithm of API Gateway": {own.Token(t, `{"alg":"RS384","kid":"first"}`, claims), refused},
		"with one that it does not accept": {own.Token(t, `{"alg":"ES256","kid":"first"}`, claims), refused},
		"with the public key as a secret":  {secretly(t, own, `{"alg":"HS256","kid":"first"}`, claims), refused},
		"of another issuer": {
			own.Token(t, header, `{"sub":"ann","iss":"https://b.example/b","aud":"web","exp":1583349000}`), refused,
		},
		"issued in the future": {
			own.Token(t, header, claims[:len(claims)-1]+`,"iat":1583348900}`), refused,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := servingHTTP(`{"statusCode":200}`, func(api *sparta.API) {
				api.Routes[0].Authorizer = api.NewJWTAuthorizer("users", "https://example.com/eu-west-1_a", "web").Name
			}, "GET /")
			s.KeySet = own.KeySet
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Authorization", "Bearer "+test.token)
			checkAnswer(t, s, s.do(r), test.want)

			if name == "issued in the future" {
				return // user pools do not issue such tokens
			}
			s = servingREST(t, `{}`, func(api *sparta.API) {
				api.NewCognitoAuthorizer("own", "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a")
				method(api, "/orders", "GET").Authorizer = "own"
			})
			s.KeySet = own.KeySet
			r = httptest.NewRequest(http.MethodGet, "/v1/orders", nil)
			r.Header.Set("Authorization", test.token)
			checkAnswer(t, s, s.do(r), test.want)
		})
	}
}

func TestAuthorizersAreBypassed(t *testing.T) {
	s := servingHTTP(`{"statusCode":200}`, func(api *sparta.API) {
		api.Routes[0].Authorizer = api.NewJWTAuthorizer("users", "https://example.com", "web").Name
	}, "GET /")
	s.Bypass = true
	checkAnswer(t, s, s.do(httptest.NewRequest(http.MethodGet, "/", nil)), "")
	s = servingREST(t, `{}`, func(api *sparta.API) {
		method(api, "/orders", "GET").APIKeyRequired = true
	})
	s.Bypass = true
	checkAnswer(t, s, s.do(httptest.NewRequest(http.MethodGet, "/v1/orders", nil)), "")
}

// Preview makes the event that the function receives, and invokes nothing.
func TestAPreviewInvokesNothing(t *testing.T) {
	s := servingHTTP(`{"statusCode":200}`, func(api *sparta.API) {
		api.Routes[0].Authorizer = api.NewJWTAuthorizer("users", "https://example.com", "web").Name
	}, "GET /a/{b}")
	event, err := s.Preview(httptest.NewRequest(http.MethodGet, "/a/b", nil))
	var got struct {
		RouteKey       string
		PathParameters map[string]string
	}
	if err == nil {
		err = json.Unmarshal(event, &got)
	}
	if err != nil || got.RouteKey != "GET /a/{b}" || got.PathParameters["b"] != "b" || s.event != nil {
		t.Errorf("the event is %s, %v; the function receives %s", event, err, s.event)
	}
	if _, err := s.Preview(httptest.NewRequest(http.MethodGet, "/c", nil)); err == nil {
		t.Error("there is an event of a route that the API does not have")
	}
}

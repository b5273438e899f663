//go:build !lambdabinary

package cgo

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// A token that an issuer has signed with other keys than those of the file is as none. Without authorizers, all
// requests pass. A key set that is lost later is an error of the server, and not of a function.
func TestExecuteAuthorizes(t *testing.T) {
	served := pathOf("served")
	served.Options.FunctionURL = nil
	api := sparta.NewHTTPAPI("Orders", sparta.NewStage("v1"))
	api.NewRoute("GET /a", served).Authorizer = api.NewJWTAuthorizer("users", "https://example.com", "web").Name
	s := service{name: "Hello", functions: []*sparta.LambdaAWSInfo{served}, api: api}
	keys := filepath.Join(t.TempDir(), "keys.json")
	modulus := base64.RawURLEncoding.EncodeToString(bytes.Repeat([]byte{0xff}, 256))
	set := `{"keys":[{"kty":"RSA","kid":"a","n":"` + modulus + `","e":"AQAB"}]}`
	if err := os.WriteFile(keys, []byte(set), 0o600); err != nil {
		t.Fatal(err)
	}
	claims := `{"iss":"https://example.com","aud":"web","exp":32503680000}`
	token := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256","kid":"a"}`)) + "." +
		base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".AA"
	for _, test := range []struct{ flag, name, want, log string }{
		{"--jwks=" + keys, "Orders\n", `401 {"message":"Unauthorized"}`, ""},
		{"--noAuthorizers", "Orders (authorizers are bypassed)\n", "200 served own served /a", ""},
		{"--jwks=" + keys, "Orders\n", `500 {"message":"Internal Server Error"}`, "read the key set: open "},
	} {
		var log bytes.Buffer
		addresses, end := serving(t, s, &log, test.flag)
		line, err := addresses.ReadString('\n')
		address, name, _ := strings.Cut(line, "  ")
		if err != nil || name != test.name {
			t.Fatalf("the line is %q (error: %v), want %s", line, err, test.name)
		}
		if test.log != "" {
			if err := os.Remove(keys); err != nil {
				t.Fatal(err)
			}
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"a", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+token)
		if got := answer(t, request); got != test.want {
			t.Errorf("with %s, the answer is %s, want %s", test.flag, got, test.want)
		}
		end()
		if said := log.String(); !strings.Contains(said, test.log) || strings.Contains(said, "Function") {
			t.Errorf("with %s, the log is %s, want %s", test.flag, said, test.log)
		}
	}
}

// An event that is invoked passes no authorizer.
func TestExecuteRefusesTheFlagsOfRequestsWithoutAPort(t *testing.T) {
	var invoked bool
	function := sparta.HandleAWSLambda("f", func() { invoked = true }, "role")
	s := service{name: "Hello", functions: []*sparta.LambdaAWSInfo{function}}
	for flag, want := range map[string]string{
		"--jwks=keys.json": "--jwks is about requests over HTTP, and without --port an event is invoked: add --port",
		"--noAuthorizers":  "for example --port=8080, or leave --noAuthorizers out",
	} {
		var out bytes.Buffer
		err := s.run(t.Context(), []string{"execute", flag}, streams{out: &out, err: &out})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("with %s, the error is %v, want %s", flag, err, want)
		}
	}
	if invoked {
		t.Error("the function is invoked")
	}
}

package gateway_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/sparta"
)

// TestASiteHasAHostNameUnlessItIsAlone: an API has the others.
func TestASiteHasAHostNameUnlessItIsAlone(t *testing.T) {
	site := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "site") })
	api := gateway.NewREST(sparta.NewAPIGateway("Shop", sparta.NewStage("v1")), "f")
	for name, test := range map[string]struct {
		gateway gateway.Gateway
		host    string
		site    bool
	}{
		"alone":                  {gateway.Gateway{Site: site}, "127.0.0.1:80", true},
		"its name, with an API":  {gateway.Gateway{Site: site, REST: api}, "Site.localhost:80", true},
		"another, with an API":   {gateway.Gateway{Site: site, REST: api}, "127.0.0.1:80", false},
		"its name, without site": {gateway.Gateway{REST: api}, "site.localhost:80", false},
	} {
		t.Run(name, func(t *testing.T) {
			answer := httptest.NewRecorder()
			test.gateway.ServeHTTP(answer, httptest.NewRequest("GET", "http://"+test.host+"/", nil))
			if got := answer.Body.String() == "site"; got != test.site {
				t.Errorf("%s answers %q", test.host, answer.Body)
			}
		})
	}
}

package product

import (
	"net/http"
	"testing"

	"github.com/go-sparta/sparta/internal/testtoken"
)

// validToken returns a token that the authorizer users of exploredMain accepts until the year 3000.
func validToken(t *testing.T, issuer testtoken.Issuer) string {
	t.Helper()
	return issuer.Token(t, `{"alg":"RS256","kid":"first"}`,
		`{"sub":"ann","iss":"https://issuer.example.com","aud":"web","exp":32503680000}`)
}

// expectPrivate asks for what only the users of the authorizer may see, with a token if there is one.
func (e *explorer) expectPrivate(token string, want int) {
	e.t.Helper()
	request, err := http.NewRequestWithContext(e.t.Context(), http.MethodGet, e.address("shop")+"/private", nil)
	if err != nil {
		e.t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		e.t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != want {
		e.t.Errorf("with token %q, the answer is %s, want %d", token, response.Status, want)
	}
}

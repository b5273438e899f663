package front

import (
	"net"
	"slices"
	"testing"

	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/sparta"
)

// The address of the API, or of what is served without one, is that on which the server listens.
func TestAddresses(t *testing.T) {
	api := Front{API: sparta.NewHTTPAPI("shop", sparta.NewStage("v1"))}
	url := Front{URLs: []gateway.URL{{Function: "pages"}}}
	const local = "http://127.0.0.1:80/v1/"
	both := Front{API: api.API, URLs: url.URLs}
	for name, test := range map[string]struct {
		front Front
		ip    string
		want  []string
	}{
		"an API":                  {api, "127.0.0.1", []string{local}},
		"on all addresses":        {api, "0.0.0.0", []string{local}},
		"on another address":      {api, "192.0.2.1", []string{"http://192.0.2.1:80/v1/"}},
		"on an address of IPv6":   {url, "2001:db8::1", []string{"http://[2001:db8::1]:80/"}},
		"an API and a URL":        {both, "127.0.0.1", []string{local, "http://pages.localhost:80/"}},
		"a URL, on all of IPv6's": {url, "::", []string{"http://127.0.0.1:80/"}},
	} {
		found, err := test.front.Addresses(&net.TCPAddr{IP: net.ParseIP(test.ip), Port: 80})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var got []string
		for _, one := range found {
			got = append(got, one.URL)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

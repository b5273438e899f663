package front

import (
	"net"
	"slices"
	"testing"

	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/sparta"
)

// The address of the API, or of what is served without one, is that on which the server listens. Other machines do not
// resolve names below localhost.
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
		"an API":                {api, "127.0.0.1", []string{local}},
		"on another address":    {api, "192.0.2.1", []string{"http://192.0.2.1:80/v1/"}},
		"on an address of IPv6": {url, "2001:db8::1", []string{"http://[2001:db8::1]:80/"}},
		"an API and a URL":      {both, "127.0.0.1", []string{local, "http://pages.localhost:80/"}},
		"both, with IPv6":       {both, "::1", []string{"http://[::1]:80/v1/", "http://pages.localhost:80/"}},
		"both, on another address": {both, "192.0.2.1", []string{
			"http://192.0.2.1:80/v1/", "http://192.0.2.1:80/ (with the header Host: pages.localhost)",
		}},
	} {
		found, err := test.front.Addresses(&net.TCPAddr{IP: net.ParseIP(test.ip), Port: 80})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var got []string
		for _, one := range found {
			got = append(got, one.URL+one.Note)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestTheAddressThatOtherMachinesReach(t *testing.T) {
	of := func(texts ...string) (addresses []net.Addr) {
		for _, text := range texts {
			addresses = append(addresses, &net.IPNet{IP: net.ParseIP(text)})
		}
		return addresses
	}
	for want, own := range map[string][]net.Addr{
		"127.0.0.1":    of("127.0.0.1", "::1", "fe80::1", "169.254.1.1"),
		"192.168.1.20": of("127.0.0.1", "::1", "2001:db8::5", "192.168.1.20", "172.17.0.1"),
		"2001:db8::5":  of("127.0.0.1", "::1", "fe80::1", "2001:db8::5", "2001:db8::6"),
	} {
		if got := outward(own); got != want {
			t.Errorf("of %v: %s, want %s", own, got, want)
		}
	}
	everywhere := Host(&net.TCPAddr{IP: net.IPv4zero, Port: 80})
	if ip := net.ParseIP(everywhere); ip == nil || ip.IsUnspecified() {
		t.Errorf("of a server that listens everywhere: %s", everywhere)
	}
}

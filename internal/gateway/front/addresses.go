package front

import (
	"fmt"
	"net"
	"strings"

	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/sparta"
)

// Address is where a part of a service is served.
type Address struct {
	URL  string
	Name string // of the function or the API, or site
	Note string // what differs from AWS; may be empty
}

// Host returns the host at which this machine reaches a server that listens on an address.
func Host(address net.Addr) string {
	if tcp, ok := address.(*net.TCPAddr); ok && !tcp.IP.IsUnspecified() {
		return tcp.IP.String()
	}
	return "127.0.0.1"
}

// Addresses returns the addresses of what is served at a port, that of the API first. Browsers and curl resolve names
// below localhost.
func (f Front) Addresses(address net.Addr) (found []Address, err error) {
	_, port, err := net.SplitHostPort(address.String())
	if err != nil {
		return nil, err
	}
	self := Host(address)
	if api := f.API; api != nil {
		path := "/"
		if api.Stage.Name != sparta.DefaultStage {
			path = "/" + api.Stage.Name + "/"
		}
		url := "http://" + net.JoinHostPort(self, port) + path
		found = append(found, Address{url, api.Name, unverified(api)})
	}
	add := func(label string, alone bool, name string) {
		host := label + ".localhost"
		if alone {
			host = self
		}
		found = append(found, Address{"http://" + net.JoinHostPort(host, port) + "/", name, ""})
	}
	if f.Site != nil {
		add(gateway.SiteLabel, len(f.URLs) == 0 && f.API == nil, "site")
	}
	for _, url := range f.URLs {
		add(url.Label(), len(f.URLs) == 1 && f.API == nil && f.Site == nil, url.Function)
	}
	return found, nil
}

// Text returns addresses as lines.
func Text(addresses []Address) string {
	var lines strings.Builder
	for _, one := range addresses {
		fmt.Fprintf(&lines, "%s  %s%s\n", one.URL, one.Name, one.Note)
	}
	return lines.String()
}

// unverified says which authorization of an API is not verified on this machine.
func unverified(api *sparta.API) string {
	for _, authorizer := range api.Authorizers {
		if authorizer != nil && (authorizer.Type == "JWT" || authorizer.Type == "COGNITO_USER_POOLS") {
			return " (signatures of tokens are not verified)"
		}
	}
	return ""
}

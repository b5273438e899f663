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
	Note string // what clients have to do or what differs from AWS; may be empty
}

// loopback is the host of what only this machine reaches.
const loopback = "127.0.0.1"

// Host returns the host at which clients reach a server that listens on an address. If the server listens on all
// addresses of this machine, it is one that other machines reach.
func Host(address net.Addr) string {
	tcp, isTCP := address.(*net.TCPAddr)
	if !isTCP {
		return loopback
	}
	if !tcp.IP.IsUnspecified() {
		return tcp.IP.String()
	}
	own, err := net.InterfaceAddrs()
	if err != nil {
		return loopback
	}
	return outward(own)
}

// outward returns the one of a machine's addresses that others reach, of version 4 if possible, or loopback if there is
// none.
func outward(own []net.Addr) string {
	host := loopback
	for _, one := range own {
		network, isIP := one.(*net.IPNet)
		if !isIP || !network.IP.IsGlobalUnicast() {
			continue
		}
		if network.IP.To4() != nil {
			return network.IP.String()
		}
		if host == loopback {
			host = network.IP.String()
		}
	}
	return host
}

// Addresses returns the addresses of what is served at a port, that of the API first. On this machine, browsers and
// curl resolve names below localhost. Clients on other machines have to send such a name in a header.
func (f Front) Addresses(address net.Addr) (found []Address, err error) {
	_, port, err := net.SplitHostPort(address.String())
	if err != nil {
		return nil, err
	}
	self := Host(address)
	isLocal := net.ParseIP(self).IsLoopback()
	if api := f.API; api != nil {
		path := "/"
		if api.Stage.Name != sparta.DefaultStage {
			path = "/" + api.Stage.Name + "/"
		}
		url := "http://" + net.JoinHostPort(self, port) + path
		found = append(found, Address{url, api.Name, f.unverified()})
	}
	add := func(label string, alone bool, name string) {
		host, note := label+".localhost", ""
		if !alone && !isLocal {
			note = " (with the header Host: " + host + ")"
		}
		if alone || !isLocal {
			host = self
		}
		found = append(found, Address{"http://" + net.JoinHostPort(host, port) + "/", name, note})
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

// unverified says which authorization of the API is not verified on this machine.
func (f Front) unverified() string {
	switch {
	case f.Bypass && len(f.API.Authorizers) > 0:
		return " (authorizers are bypassed)"
	case f.BelievesTokens():
		return " (signatures of tokens are not verified)"
	}
	return ""
}

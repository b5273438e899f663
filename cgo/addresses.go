//go:build !lambdabinary

package cgo

import (
	"fmt"
	"net"
	"strings"

	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/sparta"
)

// addresses are those at which execute serves.
type addresses struct {
	text string // in lines
	api  string // of the API's stage; empty if there is no API
}

// addressesOf are the addresses of what is served at a port. Browsers and curl resolve names below localhost.
func addressesOf(
	address net.Addr, urls []gateway.URL, api *sparta.API, site *sparta.S3Site,
) (found addresses, err error) {
	_, port, err := net.SplitHostPort(address.String())
	if err != nil {
		return found, err
	}
	var lines strings.Builder
	if api != nil {
		path := "/"
		if api.Stage.Name != sparta.DefaultStage {
			path = "/" + api.Stage.Name + "/"
		}
		found.api = "http://" + net.JoinHostPort("127.0.0.1", port) + path
		fmt.Fprintf(&lines, "%s  %s%s\n", found.api, api.Name, unverified(api))
	}
	alone := len(urls) == 0 && api == nil
	if site != nil {
		fmt.Fprintf(&lines, "http://%s/  site\n", net.JoinHostPort(hostOf(gateway.SiteLabel, alone), port))
	}
	alone = len(urls) == 1 && api == nil && site == nil
	for _, url := range urls {
		fmt.Fprintf(&lines, "http://%s/  %s\n", net.JoinHostPort(hostOf(url.Label(), alone), port), url.Function)
	}
	found.text = lines.String()
	return found, nil
}

func hostOf(label string, alone bool) string {
	if alone {
		return "127.0.0.1"
	}
	return label + ".localhost"
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

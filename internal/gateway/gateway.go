package gateway

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"
)

// Gateway serves requests.
type Gateway struct {
	URLs []URL
	REST *REST        // nil means none
	HTTP *HTTP        // nil means none
	Site http.Handler // nil means none

	// Bypass lets requests pass without asking authorizers, also those without API keys.
	Bypass bool
	// KeySet is the path of a JSON Web Key Set: the signatures of tokens are verified with its keys. Empty means that
	// they are not verified.
	KeySet string

	// Invoke invokes a function with an event. An error means that the function failed, or ErrThrottled that it was not
	// invoked.
	Invoke func(ctx context.Context, function string, event []byte) ([]byte, error)
	// Now and NewID are the time and the ID of a request.
	Now   func() time.Time
	NewID func() string
	// Failed reports a function's failure or an invalid response, which clients do not see. The function is empty if
	// the error is about none, such as that of the key set.
	Failed func(function string, err error)
}

// ErrThrottled means that as many invocations of a function run as may run at the same time.
var ErrThrottled = errors.New("too many invocations of the function at the same time")

// SiteLabel is the first part of the site's host name, unless there is nothing but the site.
const SiteLabel = "site"

// ServeHTTP serves the function URL or the site that the request's host names, or else the API.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	url := g.url(r.Host)
	switch {
	case url != nil:
		g.serveURL(w, r, url)
	case g.Site != nil && (g.REST == nil && g.HTTP == nil && len(g.URLs) == 0 || label(r.Host) == SiteLabel):
		g.Site.ServeHTTP(w, r)
	case g.REST != nil:
		g.serveREST(w, r)
	case g.HTTP != nil:
		g.serveHTTPAPI(w, r)
	default:
		writeMessage(w, http.StatusNotFound, "Not Found")
	}
}

// label is the first part of a host name, in lower case.
func label(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	first, _, _ := strings.Cut(host, ".")
	return strings.ToLower(first)
}

// url returns the function URL of a host. Without an API and a site, the only URL has every host.
func (g *Gateway) url(host string) *URL {
	first := label(host)
	for i := range g.URLs {
		if strings.EqualFold(g.URLs[i].Label(), first) {
			return &g.URLs[i]
		}
	}
	if len(g.URLs) == 1 && g.REST == nil && g.HTTP == nil && g.Site == nil {
		return &g.URLs[0]
	}
	return nil
}

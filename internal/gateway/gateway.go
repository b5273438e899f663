package gateway

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"
)

// Gateway serves requests.
type Gateway struct {
	URLs []URL

	// Invoke invokes a function with an event. An error means that the function failed.
	Invoke func(ctx context.Context, function string, event []byte) ([]byte, error)
	// Now and NewID are the time and the ID of a request.
	Now   func() time.Time
	NewID func() string
	// Failed reports a function's failure or an invalid response, which clients do not see.
	Failed func(function string, err error)
}

// ServeHTTP serves the function that the request's host or path names.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	url := g.url(r.Host)
	if url == nil {
		writeMessage(w, http.StatusNotFound, "Not Found")
		return
	}
	g.serveURL(w, r, url)
}

// url is the function URL of a host, or the only one, whatever the host.
func (g *Gateway) url(host string) *URL {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	label, _, _ := strings.Cut(host, ".")
	for i := range g.URLs {
		if strings.EqualFold(g.URLs[i].Label(), label) {
			return &g.URLs[i]
		}
	}
	if len(g.URLs) == 1 {
		return &g.URLs[0]
	}
	return nil
}

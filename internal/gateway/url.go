package gateway

import (
	"errors"
	"net/http"
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta"
)

// URL is the URL of a function.
type URL struct {
	Function string
	Cors     *sparta.LambdaFunctionURLCors // nil means that no other origin may call it
}

// Label returns the first part of the host that the URL has on this machine, below localhost.
func (u URL) Label() string { return strings.ReplaceAll(strings.ToLower(u.Function), "_", "-") }

func (g *Gateway) serveURL(w http.ResponseWriter, r *http.Request, url *URL) {
	if allow(w.Header(), r, url.Cors) {
		w.WriteHeader(http.StatusOK)
		return
	}
	body, ok := readBody(w, r, tooLarge)
	if !ok {
		return
	}
	domain := url.Label() + ".lambda-url.us-east-1.on.aws"
	event, err := plainjson.Marshal(g.version2(r, body, address{
		domain: domain, route: "$default", stage: "$default", path: r.URL.EscapedPath(),
	}))
	if err != nil {
		g.Failed(url.Function, err)
		writeMessage(w, http.StatusInternalServerError, "Internal Server Error")
		return
	}
	response, err := g.deliver(r.Context(), url.Function, event)
	if err == nil {
		err = writeVersion2(w, response)
	}
	switch {
	case errors.Is(err, errTooLarge):
		writeMessage(w, http.StatusRequestEntityTooLarge, tooLarge)
	case errors.Is(err, ErrThrottled):
		writeMessage(w, http.StatusTooManyRequests, "Rate Exceeded.")
	case err != nil:
		g.Failed(url.Function, err)
		writeMessage(w, http.StatusBadGateway, "Internal Server Error")
	}
}

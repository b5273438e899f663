// Package front says what a service serves over HTTP, and where that is served on this machine.
package front

import (
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/sparta"
)

// Front is what a service serves over HTTP.
type Front struct {
	URLs []gateway.URL
	API  *sparta.API    // nil means none that can be served
	Site *sparta.S3Site // nil means none

	// KeySet and Bypass are those of package gateway.
	KeySet string
	Bypass bool

	// Problem says why the service's API is not served. It is empty if there is none, or if it is served.
	Problem string
}

// Of returns what a service serves. The description need not have its API and its site.
func Of(functions []sparta.FunctionDescription, api *sparta.API, site *sparta.S3Site) Front {
	front := Front{Site: site}
	for _, function := range functions {
		if function.FunctionURL != nil {
			front.URLs = append(front.URLs, gateway.URL{Function: function.Name, Cors: function.FunctionURL.Cors})
		}
	}
	switch {
	case api == nil:
	case api.ProtocolType == sparta.WebSocketProtocol:
		front.Problem = fmt.Sprintf("API %s is not served: only API Gateway serves WebSocket APIs", api.Name)
	case api.Stage == nil:
		front.Problem = fmt.Sprintf("API %s is not served: it has no stage: pass one to NewAPIGateway", api.Name)
	default:
		front.API = api
	}
	return front
}

// IsEmpty reports whether there is nothing to serve.
func (f Front) IsEmpty() bool { return len(f.URLs) == 0 && f.API == nil && f.Site == nil }

// BelievesTokens reports whether an authorizer of the API reads tokens whose signatures nobody verifies.
func (f Front) BelievesTokens() bool {
	return f.API != nil && f.KeySet == "" && !f.Bypass && slices.ContainsFunc(f.API.Authorizers, readsTokens)
}

func readsTokens(authorizer *sparta.Authorizer) bool {
	return authorizer != nil && (authorizer.Type == "JWT" || authorizer.Type == "COGNITO_USER_POOLS")
}

// AddTo adds the URLs and the API to what a gateway serves. A method or route without a function invokes the only one.
func (f Front) AddTo(handler *gateway.Gateway, only string) {
	handler.URLs, handler.KeySet, handler.Bypass = f.URLs, f.KeySet, f.Bypass
	switch {
	case f.API == nil:
	case f.API.ProtocolType == sparta.HTTPProtocol:
		handler.HTTP = gateway.NewHTTP(f.API, only)
	default:
		handler.REST = gateway.NewREST(f.API, only)
	}
}

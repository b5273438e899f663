package explore

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/internal/gateway/front"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/provision/local"
	"github.com/go-sparta/sparta/sparta"
)

// web serves what the service of the last good build serves over HTTP.
type web struct {
	engine  *engine
	address net.Addr

	handler   atomic.Pointer[gateway.Gateway]
	addresses []front.Address // of what is served
	problem   string
	believes  bool // whether the log has said that it believes tokens
}

// ServeHTTP implements http.Handler.
func (w *web) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	select {
	case <-w.engine.ready:
	case <-request.Context().Done():
		return
	}
	handler := w.handler.Load()
	if handler == nil {
		http.Error(response, "The service has not been built: see the terminal.", http.StatusServiceUnavailable)
		return
	}
	ctx := context.WithValue(request.Context(), callerKey{}, callerOf(request))
	handler.ServeHTTP(response, request.WithContext(ctx))
}

// callerKey is the key of callerOf in the context of a request.
type callerKey struct{}

// callerOf names a request in the history.
func callerOf(request *http.Request) string {
	const most = 200
	text := request.Method + " " + request.URL.Path
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}

// update serves another service. It returns the addresses if they are new ones, and a problem if that is new.
func (w *web) update(service localservice.Service) (addresses, problem string, err error) {
	served := front.Of(service.Descriptions(), service.API, service.Site)
	served.KeySet, served.Bypass = w.engine.options.Flags.JWKS, w.engine.options.Flags.NoAuthorizers
	handler := &gateway.Gateway{
		Invoke: w.invoke,
		Now:    time.Now,
		NewID:  lambdaruntime.NewRequestID,
		Failed: w.failed,
	}
	if len(service.Functions) > 0 {
		served.AddTo(handler, service.Functions[0].Description.Name)
	}
	found, err := served.Addresses(w.address)
	if err != nil {
		return "", "", err
	}
	problem = served.Problem
	if served.Site != nil {
		api := ""
		if served.API != nil {
			api = strings.TrimSuffix(found[0].URL, "/")
		}
		if reason := w.addSite(handler, served, api); reason != "" {
			problem = strings.TrimPrefix(problem+"; "+reason, "; ")
		}
	}
	if served.BelievesTokens() && !w.believes {
		w.believes = true
		w.engine.options.Log.Info("the signatures of tokens are not verified: -jwks=FILE verifies them with its keys")
	}
	w.handler.Store(handler)
	if !slices.Equal(found, w.addresses) {
		w.addresses, addresses = found, front.Text(found)
	}
	if problem == w.problem {
		return addresses, "", nil
	}
	w.problem = problem
	return addresses, problem, nil
}

// event returns the event of a request to a route of the service that is served.
func (w *web) event(ctx context.Context, function, route string) ([]byte, error) {
	handler := w.handler.Load()
	if handler == nil {
		return nil, errors.New("the service has not been built yet")
	}
	return sampleEvent(ctx, handler, w.engine.described(), function, route)
}

// addSite adds the site, or a page that says why it is not served.
func (w *web) addSite(handler *gateway.Gateway, served front.Front, api string) (problem string) {
	site, err := local.Site(served.Site, served.API, map[string]string{sparta.OutputAPIGatewayURL: api})
	if err == nil {
		handler.Site = site
		return ""
	}
	problem = "the site is not served: " + err.Error()
	handler.Site = http.HandlerFunc(func(response http.ResponseWriter, _ *http.Request) {
		http.Error(response, problem, http.StatusNotFound)
	})
	return problem
}

// failed writes a line about what clients do not see, unless record has written one. The function is empty if the error
// is about none.
func (w *web) failed(function string, err error) {
	switch {
	case errors.As(err, new(logged)), errors.As(err, new(*gateway.FunctionError)):
	case function == "":
		w.engine.options.Log.Warn(err)
	default:
		w.engine.options.Log.Warnf("%s: %v", function, err)
	}
}

// logged is the error of an invocation that has no result.
type logged struct{ error }

func (l logged) Unwrap() error { return l.error }

// invoke invokes a function for a request. As on AWS, the invocation continues if the client disconnects: its end would
// also end the environment.
func (w *web) invoke(ctx context.Context, function string, event []byte) ([]byte, error) {
	caller, _ := ctx.Value(callerKey{}).(string)
	result, err := w.engine.invoke(
		context.WithoutCancel(ctx), origin{"http", caller}, function, lambdaruntime.Request{Payload: event})
	switch {
	case errors.Is(err, sandbox.ErrTooMany):
		return nil, logged{gateway.ErrThrottled}
	case err != nil:
		return nil, logged{err}
	case result.Failed:
		return nil, &gateway.FunctionError{Message: messageOf(result), Document: string(result.Payload)}
	}
	return result.Payload, nil
}

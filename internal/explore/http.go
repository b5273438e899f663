package explore

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/internal/gateway/front"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/sparta"
)

// web serves what the service of the last good build serves over HTTP.
type web struct {
	engine  *engine
	address net.Addr

	handler   atomic.Pointer[http.Handler]
	addresses []front.Address // of what is served
	problem   string
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
	// As on AWS, an invocation continues if the client disconnects: its end would also end the environment.
	(*handler).ServeHTTP(response, request.WithContext(context.WithoutCancel(request.Context())))
}

// update serves another service. It returns the addresses if they are new ones, and a problem if that is new.
func (w *web) update(service localservice.Service) (addresses, problem string, err error) {
	served := front.Of(service.Descriptions(), service.API, service.Site)
	handler := &gateway.Gateway{
		Invoke: w.invoke,
		Now:    time.Now,
		NewID:  history.NewID,
		Failed: func(function string, err error) { w.engine.options.Log.WithField("Function", function).Error(err) },
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
	var serving http.Handler = handler
	w.handler.Store(&serving)
	if !slices.Equal(found, w.addresses) {
		w.addresses, addresses = found, front.Text(found)
	}
	if problem == w.problem {
		return addresses, "", nil
	}
	w.problem = problem
	return addresses, problem, nil
}

// addSite adds the site, or a page that says why it is not served.
func (w *web) addSite(handler *gateway.Gateway, served front.Front, api string) (problem string) {
	if w.engine.options.Site == nil {
		problem = "the site is not served here: go run . explore serves it"
	} else {
		site, setOutputs, err := w.engine.options.Site(served.Site, served.API)
		if err == nil {
			err = setOutputs(map[string]string{sparta.OutputAPIGatewayURL: api})
		}
		if err == nil {
			handler.Site = site
			return ""
		}
		problem = "the site is not served: " + err.Error()
	}
	handler.Site = http.HandlerFunc(func(response http.ResponseWriter, _ *http.Request) {
		http.Error(response, problem, http.StatusNotFound)
	})
	return problem
}

// invoke invokes a function for a request. As on AWS, the invocation continues if the client disconnects.
func (w *web) invoke(ctx context.Context, function string, event []byte) ([]byte, error) {
	result, err := w.engine.invoke(context.WithoutCancel(ctx), "http", function, lambdaruntime.Request{Payload: event})
	switch {
	case errors.Is(err, sandbox.ErrTooMany):
		return nil, gateway.ErrThrottled
	case err != nil:
		return nil, err
	}
	if result.Failed {
		var document struct{ ErrorMessage string }
		_ = json.Unmarshal(result.Payload, &document) // a function may fail with any document
		return nil, &gateway.FunctionError{Message: document.ErrorMessage, Document: string(result.Payload)}
	}
	return result.Payload, nil
}

package explore

import (
	"context"
	"net/http"

	"github.com/go-sparta/sparta/internal/explore/lambdaapi"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// newAPI serves Lambda's API for the functions of the last good build. The caller calls end when nothing more is to be
// served.
func newAPI(e *engine) (serve http.Handler, end func()) {
	api := lambdaapi.New(lambdaapi.Options{
		Functions: e.list,
		Region:    lambdaruntime.Options{Env: e.options.variables}.Region(),
		Event:     e.process,
		Invoke: func(ctx context.Context, name string, request lambdaruntime.Request) (*sandbox.Result, error) {
			return e.invoke(ctx, origin{source: "lambda"}, name, request)
		},
		Failed: func(name string, result *sandbox.Result, err error) {
			if err == nil {
				e.options.Log.Warnf("%s has failed to process an event: %s", name, summary(result))
				return
			}
			e.options.Log.Warnf("%s has failed to process an event: %v", name, err)
		},
	})
	serve = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-e.ready:
		case <-r.Context().Done():
			return
		}
		if problem := e.failure(); problem != nil {
			lambdaapi.NotReady("all functions", "Failed: "+problem.Error()).Write(w)
			return
		}
		api.ServeHTTP(w, r)
	})
	return serve, func() { _ = api.Close() } // always nil
}

// list returns the functions for clients of Lambda's API. It is called for each of their requests.
func (e *engine) list() []lambdaapi.Function {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.listed
}

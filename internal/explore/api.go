package explore

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/go-sparta/sparta/internal/explore/lambdaapi"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// newAPI serves Lambda's API for the functions of the last good build.
func newAPI(e *engine) http.Handler {
	api := lambdaapi.New(lambdaapi.Options{
		Functions: e.list,
		Invoke: func(ctx context.Context, name string, request lambdaruntime.Request) (*sandbox.Result, error) {
			return e.invoke(ctx, "lambda", name, request)
		},
		Failed: func(name string, result *sandbox.Result, err error) {
			if err == nil {
				e.options.Log.Warnf("%s has failed to process an event: %s", name, summary(result))
				return
			}
			e.options.Log.Warnf("%s has failed to process an event: %v", name, err)
		},
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-e.ready:
		case <-r.Context().Done():
			return
		}
		if problem := e.failure(); problem != nil {
			notReady := lambdaapi.NotReady("all functions", "Failed: "+problem.Error())
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("X-Amzn-Errortype", notReady.Kind)
			w.WriteHeader(notReady.Status)
			_ = json.NewEncoder(w).Encode(map[string]string{"Type": "User", "Message": notReady.Message})
			return
		}
		api.ServeHTTP(w, r)
	})
}

// list describes the functions to clients of Lambda's API.
func (e *engine) list() []lambdaapi.Function {
	e.mu.RLock()
	defer e.mu.RUnlock()
	var functions []lambdaapi.Function
	for _, one := range e.service.Functions {
		description := one.Description
		functions = append(functions, lambdaapi.Function{
			Name:        description.Name,
			Description: description.Description,
			Handler:     description.Handler,
			Runtime:     e.runtime,
			MemorySize:  int(description.MemorySize),
			Timeout:     time.Duration(description.Timeout) * time.Second,
			Variables:   one.Variables,
			Tags:        description.Tags,
			Storage:     int(description.EphemeralStorage),
			Concurrency: int(description.ReservedConcurrentExecutions),
			Package:     e.current(),
			Modified:    e.modified,
		})
	}
	return functions
}

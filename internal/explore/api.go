package explore

import (
	"context"
	"net/http"
	"time"

	"github.com/go-sparta/sparta/internal/explore/lambdaapi"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/sparta"
)

// newAPI serves Lambda's API for the functions of the last good build. The caller calls end when nothing more is to be
// served.
func newAPI(e *engine) (serve http.Handler, end func()) {
	api := lambdaapi.New(lambdaapi.Options{
		Functions: e.list,
		Region:    lambdaruntime.Options{Env: e.options.variables}.Region(),
		Event:     e.process,
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

// list describes the functions to clients of Lambda's API.
func (e *engine) list() []lambdaapi.Function {
	e.mu.RLock()
	defer e.mu.RUnlock()
	var functions []lambdaapi.Function
	for _, one := range e.service.Functions {
		description := one.Description
		versions, aliases := published(description)
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
			Versions:    versions,
			Aliases:     aliases,
			Concurrency: int(description.ReservedConcurrentExecutions),
			Retries:     retries(description.EventInvokeConfig),
			Package:     e.current(),
			Modified:    e.modified,
		})
	}
	return functions
}

// published returns the version and the alias that the first deployment of a function would create.
func published(description sparta.FunctionDescription) (versions []string, aliases map[string]string) {
	if !description.PublishVersion && description.Alias == "" {
		return nil, nil
	}
	versions = []string{"1"}
	if description.Alias != "" {
		aliases = map[string]string{description.Alias: "1"}
	}
	return versions, aliases
}

// retries returns how often Lambda sends an event again that no client waits for, if the function fails.
func retries(config *sparta.LambdaEventInvokeConfig) int {
	const byDefault = 2
	switch {
	case config == nil || config.MaximumRetryAttempts == 0:
		return byDefault
	case config.MaximumRetryAttempts == sparta.NoRetries:
		return 0
	}
	return int(config.MaximumRetryAttempts)
}

package explore

import (
	"runtime"
	"time"

	"github.com/go-sparta/sparta/internal/elfcheck"
	"github.com/go-sparta/sparta/internal/explore/lambdaapi"
	"github.com/go-sparta/sparta/sparta"
)

// listing describes the functions to clients of Lambda's API. The caller has locked the engine.
func (e *engine) listing() []lambdaapi.Function {
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
			Arch:        elfcheck.Architecture(runtime.GOARCH),
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

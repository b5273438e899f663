package spartamage

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/invocation"
)

// mayBePython reports whether the Handler of the function may be in a Python module: the package has modules of the
// user's, and the user has not named a handler.
func (o InvokeOptions) mayBePython(stage string) bool {
	return !strings.Contains(o.Function, ".") && invocation.HasModules(stage)
}

// serviceFunction asks a Sparta application, which describes itself, what a function's Handler and name are. The
// handler of a Go function is its name.
func (o InvokeOptions) serviceFunction(ctx context.Context, named bool) (handler, name string, err error) {
	if named {
		name = o.Function
	}
	var out, messages bytes.Buffer // from the application's own program
	err = Deploy(ctx, commandline.LocalService, DeployOptions{
		Build: o.Build, Service: o.Service, Stdin: bytes.NewReader(nil), Stdout: &out, Stderr: &messages,
	})
	if err != nil {
		_, _ = o.Stderr.Write(messages.Bytes())
		return "", "", fmt.Errorf("find the function's Handler: %w; -function=index.%s calls the Go function", err,
			o.Function)
	}
	handler, name, err = invocation.ChooseDescribed(out.Bytes(), name)
	if err != nil {
		return "", "", fmt.Errorf("invoke: %w", err)
	}
	return strings.TrimPrefix(handler, "index."), name, nil
}

//go:build lambdabinary && go1.21

// Package bridge is the Go half of the boundary between AWS Lambda's Python
// runtime and a Go application that was built as a C shared library.
//
// Generated code hands it the application's main (Main), the application hands
// it handlers (Start and its siblings, Serve), and Python calls the exported C
// functions of export.go. Applications do not import it themselves: what they
// need of it is in package cgo.
package bridge

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambda/messages"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

// Function is one entry of the application's dispatch table. Its name is the
// attribute that Lambda looks up in the Python module: index.<Name>.
type Function struct {
	Name    string
	Handler lambda.Handler
	Prepare func(context.Context) context.Context // returns the context of an invocation; may be nil
}

// application is what the C functions act on. They are called without a
// receiver, so a library has exactly one, the variable app.
type application struct {
	main  func()
	setup func() error

	started sync.Once     // guards main
	once    sync.Once     // guards the first of serve and fail
	ready   chan struct{} // closed once functions or failure is set
	names   []string      // in the order they were registered; nil: any name
	byName  map[string]*function
	any     *function
	failure *messages.InvokeResponse_Error

	credentials credentialsSource
	epoch       epoch
	trace       traceID
	hooks       snapshotHooks
}

var app = newApplication()

func newApplication() *application {
	return &application{ready: make(chan struct{})}
}

// Main stores the application's main function. It runs when Python asks for it,
// which is after every package initializer. Each setup runs before it.
// Generated code calls Main from the init function that it adds to package main.
func Main(main func(), setup ...func() error) {
	app.main = main
	app.setup = func() error {
		for _, prepare := range setup {
			if err := prepare(); err != nil {
				return err
			}
		}
		return nil
	}
}

// Serve makes the functions known to Python and blocks for ever, as
// lambda.Start does.
func Serve(functions ...Function) {
	if app.refuseInitializer() {
		return
	}
	app.refuseAgain(app.serve(functions))
	select {}
}

// Fail reports to Python why the application cannot serve. It returns.
func Fail(err error) {
	app.fail(lambdaerror.Of(err))
}

func (a *application) serve(functions []Function) (first bool) {
	byName := make(map[string]*function, len(functions))
	names := make([]string, 0, len(functions))
	for _, f := range functions {
		byName[f.Name] = newFunction(f.Handler)
		byName[f.Name].prepare = f.Prepare
		names = append(names, f.Name)
	}
	return a.settle(func() { a.names, a.byName = names, byName })
}

func (a *application) serveAny(f *function) (first bool) {
	return a.settle(func() { a.any = f })
}

func (a *application) fail(failure *messages.InvokeResponse_Error) {
	a.settle(func() { a.failure = failure })
}

// settle keeps the first outcome of main and ignores later ones. It reports whether this is the first.
func (a *application) settle(outcome func()) (first bool) {
	a.once.Do(func() {
		outcome()
		first = true
		close(a.ready)
	})
	return first
}

// refuseAgain ends the process if the application serves already: two loops of aws-lambda-go would take turns, so that
// it would be a matter of chance which handler gets an event.
func (a *application) refuseAgain(first bool) {
	if first || a.failure != nil {
		return
	}
	where, _ := caller()
	fmt.Fprintf(os.Stderr, "%s starts the application again, while another Start serves: remove one of them\n", where)
	os.Exit(1)
}

func (a *application) function(name string) (*function, error) {
	if a.any != nil {
		return a.any, nil
	}
	if f, ok := a.byName[name]; ok {
		return f, nil
	}
	names := slices.Clone(a.names)
	slices.Sort(names)
	return nil, fmt.Errorf("no function %q: this application has %q", name, names)
}

// refuseInitializer fails the start if a package initializer tries to serve:
// Python's first call waits for all of them, so none may block for ever.
func (a *application) refuseInitializer() (refused bool) {
	where, found := caller()
	if found {
		a.fail(lambdaerror.Of(fmt.Errorf("%s serves functions while packages are initialized, before main runs: "+
			"do that in main", where)))
	}
	return found
}

// startOn serves a handler with a base context, and blocks for ever.
func (a *application) startOn(ctx context.Context, handler lambda.Handler) {
	if a.refuseInitializer() {
		return
	}
	f := newFunction(handler)
	if ctx != nil {
		f.base = ctx
	}
	a.refuseAgain(a.serveAny(f))
	select {}
}

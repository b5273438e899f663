//go:build lambdabinary && go1.21

package bridge

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"github.com/go-sparta/sparta/cgo/bridge/arguments"
	_ "github.com/go-sparta/sparta/cgo/bridge/environment" // sets Python's
	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

// start runs main once and waits until it serves functions or cannot.
func (a *application) start() ([]string, *messages.InvokeResponse_Error) {
	if a.main == nil {
		return nil, lambdaerror.Of(errors.New("the library holds no application: build it with spartamage"))
	}
	// Python may load its modules again, for example in another interpreter of the same process.
	a.started.Do(func() {
		if !arguments.Known && runtime.GOOS != "linux" {
			os.Args = os.Args[:1]
		}
		go a.run()
	})
	<-a.ready
	return a.names, a.failure
}

// run runs main as the Go runtime would: a panic ends the process with a stack trace, and so does the end of main,
// even if another goroutine serves. If main ends only its own goroutine, the others continue.
func (a *application) run() {
	defer func() {
		if goexits() {
			a.awaitOthers()
		}
	}()
	if err := a.setup(); err != nil {
		a.fail(lambdaerror.Of(err))
		return
	}
	a.main()
	a.fail(lambdaerror.Of(errors.New("main returned without serving a function: " +
		"call lambda.Start or cgo.Main, and do not return before it")))
	if a.failure == nil {
		fmt.Fprintln(os.Stderr,
			"main returned while another goroutine serves: the process ends, as any Go program does")
		os.Exit(0)
	}
}

// goexits reports whether the calling deferred function runs because of runtime.Goexit.
func goexits() bool {
	counters := make([]uintptr, 8)
	frames := runtime.CallersFrames(counters[:runtime.Callers(2, counters)])
	for more := true; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		switch frame.Function {
		case "runtime.Goexit":
			return true
		case "runtime.gopanic":
			return false
		}
	}
	return false
}

// awaitOthers waits until a goroutine serves, and fails the start once there is none that could.
func (a *application) awaitOthers() {
	for othersRun() {
		select {
		case <-a.ready:
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
	a.fail(lambdaerror.Of(errors.New("main ended its goroutine (runtime.Goexit), and no other goroutine is left " +
		"that could serve a function: call lambda.Start or cgo.Main")))
}

// othersRun reports whether there are goroutines other than this package's.
func othersRun() bool {
	stacks := make([]byte, 1<<16)
	for {
		n := runtime.Stack(stacks, true)
		if n < len(stacks) {
			stacks = stacks[:n]
			break
		}
		stacks = make([]byte, 2*len(stacks))
	}
	own := []byte("\n" + reflect.TypeOf(Function{}).PkgPath() + ".(*application).")
	for _, stack := range bytes.Split(stacks, []byte("\n\n")) {
		if !bytes.Contains(stack, own) {
			return true
		}
	}
	return false
}

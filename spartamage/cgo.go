// Package spartamage builds Go applications into packages for AWS Lambda's
// managed Python runtime, and runs them locally. Import it into a magefile:
//
//	//mage:import
//	_ "github.com/go-sparta/sparta/spartamage"
//
// which adds the targets cgo:build, cgo:invoke, cgo:doctor and cgo:clean, or
// call Build and Invoke from targets of your own.
package spartamage

//mage:multiline

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/magefile/mage/mg"
)

// CGO is the namespace of the targets: cgo:build and so on.
type CGO mg.Namespace

// Build compiles and packs the application for Lambda's Python runtime.
//
// The zip's path goes to standard output. Settings are environment variables:
// SPARTA_PACKAGE names the main package (default .), SPARTA_BUILDER the builder
// (auto, docker or host), SPARTA_GOARCH the architecture (amd64 or arm64),
// SPARTA_PYTHON the runtime (default python3.13). The README lists them all.
func (CGO) Build(ctx context.Context) error {
	log, err := newLogger(os.Stderr, os.Getenv("SPARTA_LOG_LEVEL"))
	if err != nil {
		return err
	}
	artifact, err := Build(ctx, BuildOptions{Logger: log})
	if err != nil {
		return err
	}
	next := log.WithField(fieldStep, "next")
	next.Info("here: go tool mage cgo:invoke -event='{}'")
	next.Infof("in Lambda: runtime %s, %s, handler index.<function>", artifact.Python, machineNames[artifact.GOARCH])
	_, err = fmt.Println(shownFrom(workingDir(), artifact.Zip))
	return err
}

// Invoke builds the application and runs one of its functions locally.
//
// The response goes to standard output. When the function fails, its error
// document goes to standard error and the exit status is 1.
func (CGO) Invoke(
	ctx context.Context,
	function *string, // the function's name, where there are several
	event *string, // JSON, @file or - for stdin (default {})
	timeout *time.Duration, // when to give up (default 30s)
) error {
	return Invoke(ctx, InvokeOptions{
		Function: or(function, ""), Event: or(event, ""), Timeout: or(timeout, 0),
	})
}

// Doctor says what this machine lacks for a build, and what to do.
func (CGO) Doctor(ctx context.Context) error {
	return Doctor(ctx, DoctorOptions{})
}

// Clean removes .sparta, and what failed builds left beside it.
func (CGO) Clean(ctx context.Context) error {
	log, err := newLogger(os.Stderr, os.Getenv("SPARTA_LOG_LEVEL"))
	if err != nil {
		return err
	}
	return clean(ctx, log, workingDir())
}

// machineNames are Lambda's names of the architectures.
var machineNames = map[string]string{"amd64": "x86_64", "arm64": "arm64"}

func or[T any](p *T, fallback T) T {
	if p == nil {
		return fallback
	}
	return *p
}

func workingDir() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	return dir
}

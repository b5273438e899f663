// Package spartamage builds Go applications into packages for AWS Lambda's
// managed Python runtime, and runs them locally. Import it into a magefile:
//
//	//mage:import
//	_ "github.com/go-sparta/sparta/spartamage"
//
// which adds the targets cgo:build, cgo:invoke, cgo:provision and more, or call
// Build, Invoke, Provision and Deploy from targets of your own.
package spartamage

//mage:multiline

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/magefile/mage/mg"

	"github.com/go-sparta/sparta/internal/progress"
)

// CGO is the namespace of the targets: cgo:build and so on.
type CGO mg.Namespace

// Build compiles the application and packs it for Lambda's Python runtime.
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
	log.WithField(progress.Step, "next").Info("go tool mage cgo:invoke -event='{}' runs it here; in Lambda its handler is index.<function>")
	_, err = fmt.Println(shownFrom(workingDir(), artifact.Zip))
	return err
}

// Invoke builds the application and runs one of its functions locally.
//
// The response goes to standard output. When the function fails, its error
// document goes to standard error and the exit status is 1.
func (CGO) Invoke(
	ctx context.Context,
	function *string, // the function's name; not needed if there is only one
	event *string, // JSON, @file or - for standard input (default {})
	timeout *time.Duration, // when to give up (default 30s)
) error {
	return Invoke(ctx, InvokeOptions{
		Function: or(function, ""), Event: or(event, ""), Timeout: or(timeout, 0),
	})
}

// Provision builds the application and creates or updates its stack.
//
// The changes are shown before they are made. With -noop nothing is changed:
// template.json and the zip are in .sparta, and no AWS account is needed.
func (CGO) Provision(
	ctx context.Context,
	noop *bool, // render and show, change nothing (SPARTA_NOOP, NOOP)
	s3Bucket *string, // bucket for the package (SPARTA_S3_BUCKET, S3_BUCKET; default the account's own)
	stack *string, // name of the stack (SPARTA_STACK; default the service's)
	inplace *bool, // update only the functions' code, if nothing else changes
	wait *time.Duration, // for the stack to settle (default 15m)
	buildID *string, // tags the stack
	level *string, // debug, info, warn or error (SPARTA_LOG_LEVEL; default info)
) error {
	return Provision(ctx, ProvisionOptions{
		NoOp: or(noop, false), S3Bucket: or(s3Bucket, ""), Stack: or(stack, ""), InPlace: or(inplace, false),
		Wait: or(wait, 0), BuildID: or(buildID, ""), Level: or(level, ""),
	})
}

// Status shows the stack, its functions and its outputs.
func (CGO) Status(
	ctx context.Context,
	stack *string, // name of the stack (default the service's)
	plaintext *bool, // show the account's number
	json *bool, // write JSON
) error {
	return Deploy(ctx, "status", DeployOptions{Args: flags{}.
		text("--stack", stack).opposite("--redact", plaintext).yes("--json", json)})
}

// Logs shows what the functions have logged.
func (CGO) Logs(
	ctx context.Context,
	stack *string, // name of the stack (default the service's)
	function *string, // name of the function (default all)
	filter *string, // CloudWatch Logs filter pattern
	since *time.Duration, // how far back (default 10m)
	follow *bool, // go on until interrupted
) error {
	return Deploy(ctx, "logs", DeployOptions{Args: flags{}.
		text("--stack", stack).text("--function", function).text("--filter", filter).
		duration("--since", since).yes("--follow", follow)})
}

// Describe writes a page that shows the service: functions, roles and triggers.
func (CGO) Describe(
	ctx context.Context,
	out *string, // file to write (default .sparta/describe.html)
) error {
	return Deploy(ctx, "describe", DeployOptions{Args: []string{"--out", or(out, ".sparta/describe.html")}})
}

// Delete deletes the stack and waits until it is gone.
func (CGO) Delete(
	ctx context.Context,
	stack *string, // name of the stack (default the service's)
	noop *bool, // show what would be deleted
	wait *time.Duration, // for the stack to be gone (default 15m)
) error {
	return Deploy(ctx, "delete", DeployOptions{Args: flags{}.
		text("--stack", stack).yes("--noop", noop).duration("--wait", wait)})
}

// Recover goes on with the rollback of an update that failed.
func (CGO) Recover(
	ctx context.Context,
	stack *string, // name of the stack (default the service's)
	skip *string, // logical ids of resources to leave as they are, separated by commas
	wait *time.Duration, // for the stack to settle (default 15m)
) error {
	return Deploy(ctx, "recover", DeployOptions{Args: flags{}.
		text("--stack", stack).text("--skip", skip).duration("--wait", wait)})
}

// Doctor says what this machine has and lacks for a build, and what to do.
func (CGO) Doctor(ctx context.Context) error {
	return Doctor(ctx, DoctorOptions{})
}

// Clean removes .sparta, where builds keep everything that they write.
func (CGO) Clean() error {
	return clean(workingDir())
}

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

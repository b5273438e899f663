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
	"cmp"
	"context"
	"fmt"
	"os"
	"time"

	"github.com/magefile/mage/mg"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/progress"
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
	log, err := progress.NewLogger(os.Stderr, os.Getenv("SPARTA_LOG_LEVEL"), "SPARTA_LOG_LEVEL")
	if err != nil {
		return err
	}
	artifact, err := Build(ctx, BuildOptions{Logger: log})
	if err != nil {
		return err
	}
	next := log.WithField(progress.Step, "next")
	next.Info("here: go tool mage cgo:invoke -event='{}'")
	next.Infof("in Lambda: runtime %s, %s, handler index.<function>", artifact.Python, machineNames[artifact.GOARCH])
	_, err = fmt.Println(files.Shown(workingDir(), artifact.Zip))
	return err
}

// Invoke builds the application and runs one of its functions locally.
//
// The response goes to standard output. When the function fails, its error
// document goes to standard error and the exit status is 1. Of the shell's
// variables it sees AWS_* and few others, and those that -env names. With
// -remote it is the deployed function that runs, and the end of its log is
// shown, too.
func (CGO) Invoke(
	ctx context.Context,
	function *string, // the function's name, where there are several
	event *string, // JSON, @file or - for stdin (default {})
	timeout *time.Duration, // when to give up (default 30s, remote none)
	env *string, // the function's variables, here: NAME=value,NAME,@file
	remote *bool, // run the deployed function, in AWS
	stack *string, // of -remote (default the service's)
) error {
	return Invoke(ctx, InvokeOptions{
		Function: or(function, ""), Event: or(event, ""), Timeout: or(timeout, 0), Env: splitList(or(env, "")),
		Remote: or(remote, false), Stack: or(stack, ""),
	})
}

// Provision builds the application and creates or updates its stack.
//
// The changes are shown before they are made. With -noop nothing is changed:
// template.json and the zip are in .sparta, and no AWS account is needed. The
// flags' defaults are SPARTA_NOOP, SPARTA_S3_BUCKET (or NOOP, S3_BUCKET),
// SPARTA_STACK and SPARTA_LOG_LEVEL. A stack that another application made is
// refused. Before data or an address is destroyed, you are asked; without a
// terminal, -yes has to say so.
func (CGO) Provision(
	ctx context.Context,
	noop *bool, // render and show, change nothing
	s3Bucket *string, // for the package (default the account's own)
	stack *string, // name of the stack (default the service's)
	inplace *bool, // update the functions' code alone
	wait *time.Duration, // for the stack to settle (default 15m)
	buildID *string, // tags the stack
	adopt *string, // the stack's name, to take over one that is not yours
	yes *bool, // destroy data and addresses without asking
	level *string, // debug, info, warn or error (default info)
) error {
	return Provision(ctx, ProvisionOptions{
		NoOp: or(noop, false), S3Bucket: or(s3Bucket, ""), Stack: or(stack, ""), InPlace: or(inplace, false),
		Wait: or(wait, 0), BuildID: or(buildID, ""), Level: or(level, ""),
		Adopt: or(adopt, ""), Yes: or(yes, false),
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

// Describe writes a page that shows functions, roles and triggers.
func (CGO) Describe(
	ctx context.Context,
	out *string, // file to write (default .sparta/describe.html)
) error {
	return Deploy(ctx, "describe", DeployOptions{Args: []string{"--out", or(out, ".sparta/describe.html")}})
}

// Delete deletes the stack and waits until it is gone.
//
// You are asked first; without a terminal, -yes has to say so. A stack that
// another application made is refused.
func (CGO) Delete(
	ctx context.Context,
	stack *string, // name of the stack (default the service's)
	noop *bool, // show what would be deleted
	wait *time.Duration, // for the stack to be gone (default 15m)
	adopt *string, // the stack's name, to delete one that is not yours
	yes *bool, // delete it without asking
) error {
	return Deploy(ctx, "delete", DeployOptions{Args: flags{}.
		text("--stack", stack).yes("--noop", noop).duration("--wait", wait).
		text("--adopt", adopt).yes("--yes", yes)})
}

// Recover goes on with the rollback of an update that failed.
func (CGO) Recover(
	ctx context.Context,
	stack *string, // name of the stack (default the service's)
	skip *string, // logical ids to leave as they are, with commas
	wait *time.Duration, // for the stack to settle (default 15m)
	adopt *string, // the stack's name, to recover one that is not yours
) error {
	return Deploy(ctx, "recover", DeployOptions{Args: flags{}.
		text("--stack", stack).text("--skip", skip).duration("--wait", wait).
		text("--adopt", adopt)})
}

// Doctor says what this machine lacks for a build, and what to do.
func (CGO) Doctor(ctx context.Context) error {
	return Doctor(ctx, DoctorOptions{})
}

// Clean removes .sparta, and what failed builds left beside it.
func (CGO) Clean(ctx context.Context) error {
	log, err := progress.NewLogger(os.Stderr, os.Getenv("SPARTA_LOG_LEVEL"), "SPARTA_LOG_LEVEL")
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
	dir, _ := os.Getwd()
	return cmp.Or(dir, ".")
}

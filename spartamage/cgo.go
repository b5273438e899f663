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

	"github.com/go-sparta/sparta/internal/commandline"
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
	log, err := newLogger("")
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
// -remote it runs the deployed function of -stack instead, and shows the end
// of its log.
func (CGO) Invoke(
	ctx context.Context,
	function *string, // name of the function (default: the only one)
	event *string, // the event: JSON, @file or - for stdin (default {})
	timeout *time.Duration, // when to give up (default 30s, with -remote never)
	env *string, // the function's variables, here: NAME=value,NAME,@file
	remote *bool, // run the deployed function, in AWS
	stack *string, // name of the stack (default: the service's)
) error {
	return Invoke(ctx, InvokeOptions{
		Function: value(function),
		Event:    value(event),
		Timeout:  value(timeout),
		Env:      splitList(value(env)),
		Remote:   value(remote),
		Stack:    value(stack),
	})
}

// Provision builds the application and creates or updates its stack.
//
// The changes are shown before they are made. With -noop nothing is changed:
// template.json and the zip are in .sparta, and no AWS account is needed.
// Without -s3Bucket the package goes to the account's own bucket, which is
// created if needed. The flags' defaults are SPARTA_NOOP, SPARTA_S3_BUCKET (or
// NOOP, S3_BUCKET), SPARTA_STACK and SPARTA_LOG_LEVEL. A stack of another
// application is refused. Before data or an address is destroyed, you are
// asked to confirm; without a terminal, pass -yes. Secret parameters belong in
// files: -parameter=Token=@token.txt.
func (CGO) Provision(
	ctx context.Context,
	noop *bool, // render and show, change nothing
	s3Bucket *string, // bucket for the package
	stack *string, // name of the stack (default: the service's)
	inplace *bool, // update only the functions' code, if nothing else changes
	wait *time.Duration, // how long to wait for the stack to settle (default 15m)
	buildID *string, // build ID in the template (default: from the package's content)
	adopt *string, // the stack's name, to take over another application's stack
	yes *bool, // destroy data and addresses without asking
	parameter *string, // values of template parameters: Name=value,Name=@file
	serviceRole *string, // role for CloudFormation, as an ARN
	keepVersions *string, // old versions to keep or all (default 5)
	tag *string, // tags of the stack and its resources: Name=value,Name=value
	level *string, // log level: debug, info, warn or error (default info)
) error {
	parameters, err := commandline.Pairs("-parameter", value(parameter))
	if err != nil {
		return err
	}
	tags, err := commandline.Pairs("-tag", value(tag))
	if err != nil {
		return err
	}
	return Provision(ctx, ProvisionOptions{
		NoOp:        value(noop),
		S3Bucket:    value(s3Bucket),
		Stack:       value(stack),
		InPlace:     value(inplace),
		Wait:        value(wait),
		BuildID:     value(buildID),
		Level:       value(level),
		Adopt:       value(adopt),
		Yes:         value(yes),
		Parameters:  parameters,
		Tags:        tags,
		ServiceRole: value(serviceRole),

		KeepVersions: value(keepVersions),
	})
}

// Status shows the stack, its functions and its outputs.
func (CGO) Status(
	ctx context.Context,
	stack *string, // name of the stack (default: the service's)
	plaintext *bool, // show the account's number
	json *bool, // write JSON
) error {
	return Deploy(ctx, "status", DeployOptions{Args: commandline.Arguments(&commandline.Status{
		Stack:     value(stack),
		Plaintext: value(plaintext),
		JSON:      value(json),
	})})
}

// Logs shows what the functions have logged.
func (CGO) Logs(
	ctx context.Context,
	stack *string, // name of the stack (default: the service's)
	function *string, // name of the function (default: all)
	filter *string, // CloudWatch Logs filter pattern
	since *time.Duration, // how far back to start (default 10m)
	follow *bool, // continue until interrupted
) error {
	return Deploy(ctx, "logs", DeployOptions{Args: commandline.Arguments(&commandline.Logs{
		Stack:    value(stack),
		Function: value(function),
		Filter:   value(filter),
		Since:    value(since),
		Follow:   value(follow),
	})})
}

// Describe writes a page that shows functions, roles and triggers.
func (CGO) Describe(
	ctx context.Context,
	out *string, // file for a page of HTML (default .sparta/describe.html)
) error {
	return Deploy(ctx, "describe", DeployOptions{Args: commandline.Arguments(&commandline.Describe{
		Out: cmp.Or(value(out), ".sparta/describe.html"),
	})})
}

// Delete deletes the stack and waits until it is gone.
//
// You are asked to confirm; without a terminal, pass -yes. A stack of another
// application is refused.
func (CGO) Delete(
	ctx context.Context,
	stack *string, // name of the stack (default: the service's)
	noop *bool, // show what would be deleted
	wait *time.Duration, // how long to wait for the stack to be deleted (default 15m)
	adopt *string, // the stack's name, to delete another application's stack
	yes *bool, // delete it without asking
) error {
	return Deploy(ctx, "delete", DeployOptions{Args: commandline.Arguments(&commandline.Delete{
		Stack: value(stack),
		NoOp:  value(noop),
		Wait:  value(wait),
		Adopt: value(adopt),
		Yes:   value(yes),
	})})
}

// Recover continues a failed update rollback.
func (CGO) Recover(
	ctx context.Context,
	stack *string, // name of the stack (default: the service's)
	skip *string, // comma-separated logical IDs of resources to leave as they are
	wait *time.Duration, // how long to wait for the stack to settle (default 15m)
	adopt *string, // the stack's name, to recover another application's stack
) error {
	return Deploy(ctx, "recover", DeployOptions{Args: commandline.Arguments(&commandline.Recover{
		Stack: value(stack),
		Skip:  splitList(value(skip)),
		Wait:  value(wait),
		Adopt: value(adopt),
	})})
}

// Rollback moves a function's alias back to an earlier version.
//
// The alias stays there until other code or settings are provisioned. With
// -noop the change is only shown. A stack of another application is refused.
func (CGO) Rollback(
	ctx context.Context,
	version *string, // version to go to (default: the one before the alias's)
	function *string, // name of the function (default: the only one that has an alias)
	stack *string, // name of the stack (default: the service's)
	noop *bool, // show what would be changed
	s3Bucket *string, // bucket for a large template
	wait *time.Duration, // how long to wait for the stack to settle (default 15m)
	adopt *string, // the stack's name, to roll back another application's stack
) error {
	return Deploy(ctx, "rollback", DeployOptions{Args: commandline.Arguments(&commandline.Rollback{
		Version:  value(version),
		Function: value(function),
		Stack:    value(stack),
		NoOp:     value(noop),
		S3Bucket: value(s3Bucket),
		Wait:     value(wait),
		Adopt:    value(adopt),
	})})
}

// Doctor says what this machine lacks for a build, and what to do.
func (CGO) Doctor(ctx context.Context) error {
	return Doctor(ctx, DoctorOptions{})
}

// Clean removes .sparta, and what failed builds left beside it.
func (CGO) Clean(ctx context.Context) error {
	log, err := newLogger("")
	if err != nil {
		return err
	}
	return clean(ctx, log, workingDir())
}

// machineNames holds Lambda's names of the architectures.
var machineNames = map[string]string{"amd64": "x86_64", "arm64": "arm64"}

// value is the value of a flag, the zero value if the flag is not given.
func value[T any](flag *T) T {
	if flag == nil {
		var none T
		return none
	}
	return *flag
}

func workingDir() string {
	dir, _ := os.Getwd()
	return cmp.Or(dir, ".")
}

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

	"github.com/go-sparta/sparta/internal/builder"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/elfcheck"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/internal/workspace"
)

// CGO is the namespace of the targets: cgo:build and so on.
type CGO mg.Namespace

// Build compiles and packs the application for Lambda's Python runtime.
//
// The zip's path goes to standard output. Settings are environment variables:
// SPARTA_PACKAGE names the main package (default .), SPARTA_BUILDER the builder
// (auto, docker or host), SPARTA_GOARCH the architecture (amd64 or arm64),
// SPARTA_PYTHON the runtime (default python3.13). docs/settings.md lists them.
// With SPARTA_JSON=true, the zip's properties are written to standard output, as JSON.
func (CGO) Build(ctx context.Context) error { // a target with flags cannot be mage's Default, or be used in mg.Deps
	log, err := newLogger(commandline.Logging{})
	if err != nil {
		return err
	}
	artifact, err := Build(ctx, BuildOptions{Logger: log})
	if err != nil {
		return err
	}
	var flags commandline.Build
	commandline.SetDefaults(&flags)
	if flags.JSON {
		return artifact.WriteJSON(os.Stdout)
	}
	next := log.WithField(progress.Step, "next")
	next.Infof("here: %s", programs.InvokeCommand(workingDir()))
	next.Infof("in Lambda: runtime %s, %s, handler index.<function>", artifact.Python,
		elfcheck.Architecture(artifact.GOARCH))
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
	sample *string, // use a sample event of a source, such as sqs
	timeout *time.Duration, // when to give up (default 30s, with -remote never)
	env *string, // the function's variables, here: NAME=value,NAME,@file
	remote *bool, // run the deployed function, in AWS
	noCredentials *bool, // hide the shell's AWS credentials and ~/.aws from the function
	stack *string, // name of the stack (default: the service's)
	profile *string, // AWS profile (default: AWS_PROFILE)
	region *string, // AWS region (default: AWS_REGION, or the profile's)
	roleArn *string, // ARN of a role to assume
	mfaSerial *string, // serial number of the MFA device that the role requires
	level *string, // log level: debug, info, warn or error (default info)
	format *string, // log format: text, txt or json (default text)
) error {
	logging := commandline.Logging{Level: value(level), Format: value(format)}
	restore, err := commandline.SetEnvironment(&logging) // the level is also that of the function's log
	defer restore()
	if err != nil {
		return err
	}
	log, err := newLogger(logging)
	if err != nil {
		return err
	}
	return Invoke(ctx, InvokeOptions{
		Build:    BuildOptions{Logger: log},
		Function: value(function),
		Event:    value(event),
		Sample:   value(sample),
		Timeout:  value(timeout),
		Env:      commandline.List(value(env)),
		Remote:   value(remote),

		NoCredentials: value(noCredentials),

		Stack:     value(stack),
		Profile:   value(profile),
		Region:    value(region),
		RoleARN:   value(roleArn),
		MFASerial: value(mfaSerial),
	})
}

// New makes a folder with a new application.
//
// On a terminal, it asks for the template and the module's path if they are
// not given. Nothing is overwritten.
func (CGO) New(
	ctx context.Context,
	name string, // of the folder and of the stack
	template *string, // kind of application (default hello)
	module *string, // path of its module (default: below that of this folder, or example.com)
) error {
	log, err := newLogger(commandline.Logging{})
	if err != nil {
		return err
	}
	return programs.StartNew(ctx, workspace.Name, programs.NewApplication{
		Name: name, Template: value(template), Module: value(module),
	}, log)
}

// Explore runs the service here, and builds it again after each change.
//
// The addresses of the console, of Lambda's API and of what the service serves
// over HTTP go to standard output. The functions see the variables that -env
// names. Ctrl-C ends it.
func (CGO) Explore(
	ctx context.Context,
	port *string, // port of the console; HTTP has the next one (default 8377; 0: any)
	listen *string, // address to listen on (default 127.0.0.1)
	env *string, // the functions' variables: NAME=value,NAME,@file
	envFile *string, // file with the functions' variables, one NAME=value per line
	concurrency *string, // invocations of a function at the same time (default 10)
	debug *bool, // build for a debugger, and show the processes to attach it to
	noCredentials *bool, // hide the shell's AWS credentials and ~/.aws from the functions
	jwks *string, // file with the public keys (JWKS) that verify the signatures of tokens
	noAuthorizers *bool, // let requests pass without asking authorizers
	level *string, // log level: debug, info, warn or error (default info)
	format *string, // log format: text, txt or json (default text)
) error {
	logging := commandline.Logging{Level: value(level), Format: value(format)}
	restore, err := commandline.SetEnvironment(&logging) // also for the program that runs the service
	defer restore()
	if err != nil {
		return err
	}
	return Explore(ctx, ExploreOptions{
		Port:        value(port),
		Listen:      value(listen),
		Env:         commandline.List(value(env)),
		EnvFile:     value(envFile),
		Concurrency: value(concurrency),
		Debug:       value(debug),

		NoCredentials: value(noCredentials),
		JWKS:          value(jwks),
		NoAuthorizers: value(noAuthorizers),
	})
}

// Doctor says what this machine lacks for a build, and what to do.
//
// The exit status is 1 if no build is possible.
func (CGO) Doctor(
	ctx context.Context,
	json *bool, // write JSON
) error {
	var flags commandline.Doctor
	commandline.SetDefaults(&flags)
	if json != nil {
		flags.JSON = *json
	}
	return Doctor(ctx, DoctorOptions{JSON: flags.JSON})
}

// Clean removes what builds have made, in .sparta and beside it.
//
// Anything else in .sparta stays, and the log names it.
func (CGO) Clean(ctx context.Context) error {
	log, err := newLogger(commandline.Logging{})
	if err != nil {
		return err
	}
	return builder.Clean(ctx, log, workingDir())
}

// value returns the value of a flag, or the zero value if the flag is not set.
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

package spartamage

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/builder"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/invocation"
	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/workspace"
)

// InvokeOptions says which function to run, and on what.
type InvokeOptions struct {
	Build         BuildOptions
	Function      string        // empty means the only one, or the Service's Handler; app.handle is in a Python module
	Event         string        // JSON, @file or - for Stdin; empty means {}
	Sample        string        // name of a source, such as sqs, for a sample of its events instead of Event
	Timeout       time.Duration // 0 means 30 s for a local run, and the function's own in AWS
	Env           []string      // the function's variables for a local run: NAME=value, NAME or @file
	NoCredentials bool          // for a local run: hide the shell's AWS credentials and the files below HOME

	Stdin  io.Reader // nil means standard input
	Stdout io.Writer // for the response; nil means standard output
	Stderr io.Writer // for everything else, with the function's own output; nil means standard error

	Remote                              bool   // run what is deployed, in AWS
	Stack                               string // with Remote: SPARTA_STACK; empty means the service's name
	Profile, Region, RoleARN, MFASerial string // with Remote: as in ProvisionOptions

	Service Service // of a plain aws-lambda-go application: its function's name and, with Remote, its stack's
}

// ErrFunction reports that a function was run and failed. Its error document is
// on Stderr.
var ErrFunction = errors.New("the function failed")

const localTimeout = 30 * time.Second

// Invoke builds the application for this machine and runs one of its functions
// as Lambda's Python runtime would: a Runtime API on loopback, Python and its
// runtime client, the staged package. With Remote it invokes what is deployed.
func Invoke(ctx context.Context, opts InvokeOptions) error {
	if opts.Function == "" && !opts.Remote {
		opts.Function = invocation.HandlerOf(opts.Service.Options)
	}
	named := opts.Function != ""
	opts = opts.withDefaults()
	event, err := opts.readEvent(ctx)
	if err != nil {
		return err
	}
	variables, err := invocation.Variables(opts.Env)
	if err != nil {
		return err
	}
	if level := os.Getenv("SPARTA_LOG_LEVEL"); level != "" && !opts.Remote {
		variables = append([]string{"SPARTA_LOG_LEVEL=" + level}, variables...) // the later one counts
	}
	if opts.Remote && len(variables) > 0 {
		return errors.New("-env is for local runs: in AWS, the function's configuration sets the variables; " +
			"omit -env or -remote")
	}
	if opts.Remote && opts.NoCredentials {
		return errors.New("-noCredentials is for local runs: in AWS, the function's role has the credentials; " +
			"omit it or -remote")
	}
	if opts.Remote {
		return opts.invokeRemote(ctx, event)
	}
	build, err := opts.Build.resolve()
	if err != nil {
		return fmt.Errorf("build: %w", err)
	}
	name, err := opts.functionName(BuildOptions(build.Settings), named)
	if err != nil {
		return err
	}
	artifact, sparta, err := builder.BuildForThisMachine(ctx, build)
	if err != nil {
		return err
	}
	if sparta && opts.mayBePython(artifact.Stage) {
		if opts.Function, name, err = opts.serviceFunction(ctx, named); err != nil {
			return err
		}
	}
	release, err := workspace.UseStage(artifact.Stage)
	if err != nil {
		return err
	}
	defer release()
	program, err := programs.LockedPath(ctx, workspace.Dir(filepath.Dir(artifact.Zip)), programs.Run, build.Logger)
	if err != nil {
		return err
	}
	job := programs.Job{
		Stage:     artifact.Stage,
		Packages:  artifact.Packages,
		Handler:   invocation.Handler(opts.Function),
		Function:  name,
		Python:    artifact.Python,
		Variables: variables,
		Timeout:   opts.Timeout,
		Event:     event,
		Cache:     filepath.Join(filepath.Dir(artifact.Zip), "cache"),

		NoCredentials: opts.NoCredentials,
	}
	if artifact.Original != "" {
		if job.Stage, err = opts.chooseOriginal(ctx, named, artifact, &job); err != nil {
			return err
		}
		release, err := workspace.UseStage(job.Stage)
		if err != nil {
			return err
		}
		defer release()
	}
	result, err := programs.RunFunction(ctx, program, opts.Stderr, job)
	if err != nil {
		return err
	}
	if result.Failed {
		if _, err := fmt.Fprintf(opts.Stderr, "%s\n", bytes.TrimSpace(result.Payload)); err != nil {
			return err
		}
		return invocation.Run{Handler: opts.Function, Function: job.Function, Named: named}.Failure(
			result.Payload, ErrFunction)
	}
	return invocation.WriteAnswer(opts.Stdout, result.Payload)
}

// chooseOriginal lets an application of the original Sparta run a function, which it chooses by its name in AWS, in the
// package with the files of its Archive hooks. It returns that package's folder.
func (o InvokeOptions) chooseOriginal(
	ctx context.Context, named bool, artifact *builder.Artifact, job *programs.Job,
) (stage string, err error) {
	var described bytes.Buffer // from the deploy program, which lets the application describe itself
	err = Deploy(ctx, commandline.OriginalService, DeployOptions{
		Build: o.Build, Service: o.Service, Stdout: &described, Stderr: o.Stderr,
		Args: commandline.Arguments(&commandline.OriginalPackage{
			Stage: artifact.Stage, Library: artifact.Name, Zip: artifact.Zip,
		}),
	})
	if err != nil {
		return "", err
	}
	name := ""
	if named {
		name = o.Function
	}
	chosen, err := invocation.ChooseOriginal(described.Bytes(), name)
	job.Handler, job.Function = invocation.OriginalHandler, chosen.Function
	job.Variables = append(chosen.Variables, job.Variables...)
	return cmp.Or(chosen.Stage, artifact.Stage), err
}

// invokeRemote invokes the function with the deploy program. The event goes through
// a pipe: every user of the machine can read arguments.
func (o InvokeOptions) invokeRemote(ctx context.Context, event []byte) error {
	if o.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.Timeout)
		defer cancel()
	}
	return Deploy(ctx, "invoke", DeployOptions{
		Build:   o.Build,
		Service: o.Service,
		Args:    o.args(),
		Stdin:   bytes.NewReader(event),
		Stdout:  o.Stdout,
		Stderr:  o.Stderr,
	})
}

// args returns the arguments of the deploy program, which reads the event from its standard input.
func (o InvokeOptions) args() []string {
	return append(
		commandline.Arguments(&commandline.Invoke{Stack: o.Stack, Function: o.Function, Event: "-"}),
		commandline.Arguments(&commandline.Session{
			Profile: o.Profile, Region: o.Region, RoleARN: o.RoleARN, MFASerial: o.MFASerial,
		})...)
}

// functionName returns the name that the function sees in its context: the one that the user has chosen or, for a plain
// application, the one that it is deployed with.
func (o InvokeOptions) functionName(build BuildOptions, named bool) (string, error) {
	if named && !strings.Contains(o.Function, ".") {
		return o.Function, nil
	}
	service, err := o.Service.Resolve(build)
	return service.Function, err
}

func (o InvokeOptions) withDefaults() InvokeOptions {
	if o.Event == "" && o.Sample == "" {
		o.Event = "{}"
	}
	if o.Function == "" && !o.Remote {
		o.Function = "handler" // the Python side's name for the only function
	}
	if o.Timeout == 0 && !o.Remote {
		o.Timeout = localTimeout
	}
	if o.Stdin == nil {
		o.Stdin = os.Stdin
	}
	if o.Stdout == nil {
		o.Stdout = os.Stdout
	}
	if o.Stderr == nil {
		o.Stderr = os.Stderr
	}
	return o
}

// readEvent returns the event's JSON, which Event or Sample names.
func (o InvokeOptions) readEvent(ctx context.Context) ([]byte, error) {
	switch {
	case o.Timeout < 0:
		return nil, fmt.Errorf("-timeout must not be negative, got %s: use a duration, for example 30s", o.Timeout)
	case o.Sample != "" && o.Event != "":
		return nil, errors.New("both -event and -sample are set: use one of them")
	case o.Sample == "":
		return invocation.Event(o.Event, "-event", o.Stdin)
	}
	var event bytes.Buffer // from the deploy program, which knows the service's sources
	err := Deploy(ctx, "sample", DeployOptions{
		Build:   o.Build,
		Service: o.Service,
		Args:    commandline.Arguments(&commandline.Sample{Sample: o.Sample, Function: o.Function}),
		Stdout:  &event,
		Stderr:  o.Stderr,
	})
	return event.Bytes(), err
}

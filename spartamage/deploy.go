package spartamage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/process"
	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/internal/rewrite"
)

// DeployOptions says what to deploy and where. Provision runs in a program of
// its own, the deploy program: a Sparta application's own host build, whose
// hooks are Go closures, or for a plain aws-lambda-go application one that
// comes with this module. So a magefile never compiles the AWS SDK.
type DeployOptions struct {
	Build   BuildOptions
	Service Service  // of a plain aws-lambda-go application; a Sparta application describes itself
	Args    []string // the deploy program's flags: "--s3Bucket", "my-bucket"

	Stdin  io.Reader // nil means standard input
	Stdout io.Writer // takes the result; nil means standard output
	Stderr io.Writer // takes all else; nil means standard error
}

// Service describes a plain aws-lambda-go application: one function and its
// role. Each field's environment variable, where it is set, wins over the field.
type Service struct {
	Name        string // SPARTA_SERVICE: names the stack; empty means the package's name
	Description string // SPARTA_DESCRIPTION
	Function    string // SPARTA_FUNCTION: the function's name; empty means the service's
	RoleName    string // SPARTA_ROLE: an existing role; empty means one with Privileges

	MemorySize int64 // SPARTA_MEMORY_SIZE: MB; 0 means Options', or 128
	Timeout    int64 // SPARTA_TIMEOUT: seconds, or 30s; 0 means Options', or 3

	// A magefile that sets these imports package sparta, which one that does not
	// need them is spared: a []sparta.IAMRolePrivilege of the function's role,
	// and the function's other settings, a sparta.LambdaFunctionOptions.
	Privileges any
	Options    any
}

// Deployment is what a deploy program is told beside its flags, as JSON in the
// environment variable SPARTA_DEPLOY: neither its arguments nor a file may hold
// the values of environment variables, which can be secrets.
type Deployment struct {
	Build       BuildOptions
	Service     Service
	Application string // import path of the application's main package

	// Package is what a build would come to now, where the targets have found that it is there and
	// up to date: their analysis of the sources is the only one of the run, then.
	Package *Artifact
}

// Finished is the Package, unless something has altered it since, or nil.
func (d Deployment) Finished() *Artifact {
	if d.Package == nil || !whole(*d.Package) {
		return nil
	}
	return d.Package
}

// DeployVariable is the environment variable that holds a Deployment.
const DeployVariable = "SPARTA_DEPLOY"

// Deploy builds the deploy program and runs one of its commands: provision,
// status, logs, describe, delete, invoke or recover.
func Deploy(ctx context.Context, command string, opts DeployOptions) error {
	build, err := opts.Build.resolve()
	if err != nil {
		return err
	}
	b := newBuilder(build)
	program, finished, err := b.prepareDeployment(ctx, command == "provision")
	if err != nil {
		return fmt.Errorf("%s: %w", command, err)
	}
	opts.Build.Dir = build.Dir // the program runs there: a relative path would be taken twice
	told, err := json.Marshal(Deployment{Build: opts.Build, Service: opts.Service, Application: b.app.Main.ImportPath, Package: finished})
	if err != nil {
		return fmt.Errorf("%s: describe the deployment: %w", command, err)
	}
	cmd := process.Command(ctx, program, append([]string{command}, opts.Args...)...)
	cmd.Dir = build.Dir
	cmd.Env = append(os.Environ(), DeployVariable+"="+string(told))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = orStream[io.Reader](opts.Stdin, os.Stdin), orStream[io.Writer](opts.Stdout, os.Stdout), orStream[io.Writer](opts.Stderr, os.Stderr)
	if err := cmd.Run(); err != nil {
		if cmd.ProcessState != nil && cmd.ProcessState.Success() {
			return nil // it was interrupted, as is the way to end logs --follow
		}
		if exit := new(exec.ExitError); errors.As(err, &exit) && ctx.Err() == nil {
			return fmt.Errorf("%s: %w", command, ErrDeploy) // the program has said why
		}
		return fmt.Errorf("%s: %w", command, err)
	}
	return nil
}

// ErrDeploy says that a deploy program failed; it has told why on Stderr.
var ErrDeploy = errors.New("the deploy program failed")

func orStream[T comparable](stream, standard T) T {
	var none T
	if stream == none {
		return standard
	}
	return stream
}

// prepareDeployment compiles the deploy program for this machine. If the package is wanted and up to
// date, it is returned, too. If not, the deploy program builds it, once it has found nothing wrong with
// the service and has run the hooks that may change the sources.
func (b *builder) prepareDeployment(ctx context.Context, wanted bool) (program string, finished *Artifact, err error) {
	if err := b.list(ctx); err != nil {
		return "", nil, err
	}
	if wanted {
		err = b.rewrite()
	} else { // whatever its library would be made from, it can be looked after
		b.rewritten, err = rewrite.Transform(b.app, rewrite.Place{}, b.artifact.Name)
	}
	if err != nil {
		return "", nil, err
	}
	release, err := b.workspace.Open(ctx, func() { b.log.Info("Waiting for another build in " + string(b.workspace)) })
	if err != nil {
		return "", nil, err
	}
	defer release()
	// What is wrong here may be mended by a hook. If it is not, the deploy program's build says so.
	if wanted && b.sumUp(ctx) == nil {
		finished = unchanged(b.workspace, b.sum)
	}
	err = step(b.log, "prepare", func() (string, error) {
		if b.rewritten.Sparta {
			program, err = b.opts.hostBuild(ctx, b.env)
		} else {
			program, err = programs.Path(ctx, b.workspace, programs.Deploy)
		}
		return "the deploy program", err
	})
	return program, finished, err
}

// hostBuild compiles the application for this machine.
func (o BuildOptions) hostBuild(ctx context.Context, env gosource.Environment) (string, error) {
	flags, err := goflags.Read(env.GOFLAGS)
	if err != nil {
		return "", err
	}
	program := filepath.Join(string(o.workspace), "deploy", programs.Executable("deploy"))
	tags := "-tags=" + strings.Join(goflags.MergeTags(append(flags.Tags, o.Tags)...), ",")
	cmd := process.Command(ctx, "go", "build", "-buildvcs=false", tags, "-o", program, o.Package)
	cmd.Dir = o.Dir
	cmd.Env = append(cmd.Environ(), "GOOS=", "GOARCH=", "GOFLAGS="+flags.Rest)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the deploy program: %w\n%s", err, strings.TrimSpace(string(out)))
	}
	return program, nil
}

// ProvisionOptions are DeployOptions with the flags of cgo:provision.
type ProvisionOptions struct {
	Build    BuildOptions
	Service  Service
	NoOp     bool          // SPARTA_NOOP, NOOP: render and show, change nothing
	Level    string        // SPARTA_LOG_LEVEL: debug, info, warn or error
	S3Bucket string        // SPARTA_S3_BUCKET, S3_BUCKET: empty means the account's own for packages
	Stack    string        // SPARTA_STACK: empty means the service's name
	Wait     time.Duration // 0 means 15 minutes
	InPlace  bool          // update only the functions' code
	BuildID  string        // tags the stack
	Adopt    string        // the stack's name once more, for one that is not this application's: it then is
	Yes      bool          // destroy data and addresses without being asked
}

// Provision builds the application and creates or updates its stack.
func Provision(ctx context.Context, opts ProvisionOptions) error {
	if opts.Level != "" && opts.Build.Logger == nil {
		log, err := progress.NewLogger(os.Stderr, opts.Level, "-level, SPARTA_LOG_LEVEL")
		if err != nil {
			return err
		}
		opts.Build.Logger = log
	}
	return Deploy(ctx, "provision", DeployOptions{Build: opts.Build, Service: opts.Service, Args: opts.args()})
}

func (o ProvisionOptions) args() []string {
	return append(
		commandline.Arguments(&commandline.Logging{Level: o.Level}),
		commandline.Arguments(&commandline.Provision{
			Stack: o.Stack, NoOp: o.NoOp, S3Bucket: o.S3Bucket, BuildID: o.BuildID, InPlace: o.InPlace,
			Wait: o.Wait, Adopt: o.Adopt, Yes: o.Yes,
		})...)
}

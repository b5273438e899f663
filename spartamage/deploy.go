package spartamage

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/longvariable"
	"github.com/go-sparta/sparta/internal/process"
	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/internal/rewrite"
)

// DeployOptions says what to deploy and where. Deployments run in a program of their own, the deploy program: a Sparta
// application's own host build, whose hooks are Go closures, or for a plain aws-lambda-go application one that comes
// with this module. So a magefile never compiles the AWS SDK.
type DeployOptions struct {
	Build   BuildOptions
	Service Service  // of a plain aws-lambda-go application; a Sparta application describes itself
	Args    []string // the deploy program's flags: "--s3Bucket", "my-bucket"

	// Parameters are values of the template's parameters. They may be secrets, so they are not among Args: other users
	// of the machine can see a program's arguments.
	Parameters map[string]string

	Stdin  io.Reader // nil means standard input
	Stdout io.Writer // for the result; nil means standard output
	Stderr io.Writer // for everything else; nil means standard error
}

// ErrDeploy reports that a deploy program failed. The program has written the reason to Stderr.
var ErrDeploy = errors.New("the deploy program failed")

// Deploy builds the deploy program and runs one of its commands: provision,
// status, logs, describe, delete, invoke, recover or rollback. For provision it
// builds the package, too, unless the service's hooks or flags have a part in that.
func Deploy(ctx context.Context, command string, opts DeployOptions) error {
	build, err := opts.Build.resolve()
	if err != nil {
		return err
	}
	opts.Build.Dir = build.Dir // the program runs there: a relative path would apply twice
	opts.Stdin = cmp.Or[io.Reader](opts.Stdin, os.Stdin)
	opts.Stdout, opts.Stderr = cmp.Or[io.Writer](opts.Stdout, os.Stdout), cmp.Or[io.Writer](opts.Stderr, os.Stderr)
	d := &deployRun{
		build:      newBuilder(build),
		command:    command,
		opts:       opts,
		deployment: Deployment{Build: opts.Build, Service: opts.Service, Parameters: opts.Parameters},
	}
	if err := d.prepare(ctx); err != nil {
		return fmt.Errorf("%s: %w", command, err)
	}
	defer os.Remove(d.deployment.Done)
	if err := d.run(ctx); err != nil {
		return fmt.Errorf("%s: %w", command, err)
	}
	return nil
}

// deployRun is one run of a deploy program, with what each step leaves for the next.
type deployRun struct {
	build      *builder
	command    string
	opts       DeployOptions
	program    string // path of the deploy program
	deployment Deployment
}

// prepare compiles the deploy program and, for provision, the package.
func (d *deployRun) prepare(ctx context.Context) error {
	if err := d.build.list(ctx); err != nil {
		return err
	}
	d.deployment.Application, d.deployment.Original = d.build.app.Main.ImportPath, d.build.artifact.Original
	d.deployment.Done = filepath.Join(string(d.build.workspace), fmt.Sprintf("done-%d", os.Getpid()))
	provisions := d.command == "provision"
	var err error
	if provisions {
		err = d.build.rewrite()
	} else { // a stack can be managed even if the library could not be built now
		d.build.rewritten, err = rewrite.Transform(d.build.app, rewrite.Place{})
	}
	if err != nil {
		return err
	}
	release, err := d.build.lock(ctx)
	if err != nil {
		return err
	}
	defer release()
	err = progress.Run(d.build.log, "prepare", func() (string, error) {
		defer progress.Clock(d.build.log, "compiling the deploy program")()
		return "the deploy program", d.compileProgram(ctx)
	})
	if err != nil || !provisions {
		return err
	}
	return d.preparePackage(ctx)
}

// compileProgram compiles the deploy program for this machine.
func (d *deployRun) compileProgram(ctx context.Context) (err error) {
	own := filepath.Join(string(d.build.workspace), "deploy", programs.Executable("deploy"))
	if !d.build.rewritten.Sparta {
		d.program, err = programs.Path(ctx, d.build.workspace, programs.Deploy)
		if err != nil || d.deployment.Original == "" {
			return err
		}
		d.deployment.Program, d.deployment.Folder = own, d.build.app.Main.Dir // its own Sparta renders the template
	} else {
		d.program = own
	}
	return programs.CompileApplication(ctx, programs.Application{
		Dir:      d.build.opts.Dir,
		Package:  d.build.opts.Package,
		GOFLAGS:  d.build.env.GOFLAGS,
		Tags:     d.build.opts.Tags,
		Output:   own,
		Original: d.deployment.Original,
	})
}

// preparePackage finds the package up to date, or builds it from the analysis that already exists. Before it builds,
// the deploy program checks the service and the flags, because a wrong role name should not wait for a compiler. If
// hooks or flags affect the build, the program builds the package itself.
func (d *deployRun) preparePackage(ctx context.Context) error {
	failure := d.build.fingerprintInputs(ctx) // which a hook may repair
	if failure == nil {
		var err error
		if d.deployment.Package, err = d.build.unchanged(ctx); err != nil || d.deployment.Package != nil {
			return err
		}
	}
	report, err := d.check(ctx)
	if err != nil || report.Builds {
		return err
	}
	if level, err := logrus.ParseLevel(report.Level); err == nil && d.opts.Build.Logger == nil {
		d.build.log.SetLevel(level)
	}
	if failure == nil {
		d.deployment.Package, failure = d.build.finish(ctx)
	}
	if failure != nil {
		return fmt.Errorf("build: %w", failure)
	}
	d.deployment.Built = true
	return nil
}

// check lets the deploy program check the service and the flags. The program's messages are shown only if it fails,
// since it writes the others again when it runs.
func (d *deployRun) check(ctx context.Context) (report commandline.CheckReport, err error) {
	var stdout, stderr bytes.Buffer
	cmd, err := d.programCommand(ctx, append([]string{"--check"}, d.opts.Args...))
	if err != nil {
		return report, err
	}
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if version := d.deployment.Original; version != "" {
		d.build.log.WithField(progress.Step, "render").Info(commandline.Rendering(version))
		defer progress.Clock(d.build.log, "rendering the template")()
	}
	if err := d.result(ctx, cmd.Run()); err != nil {
		_, _ = d.opts.Stderr.Write(stderr.Bytes())
		return report, err
	}
	text := strings.TrimSpace(stdout.String()) // an application may print before it calls cgo.Main
	if err := json.Unmarshal([]byte(text[strings.LastIndex(text, "\n")+1:]), &report); err != nil {
		report.Builds = true // the program did something else, for example --help
	}
	return report, nil
}

// run runs the deploy program.
func (d *deployRun) run(ctx context.Context) error {
	cmd, err := d.programCommand(ctx, d.opts.Args)
	if err != nil {
		return err
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = d.opts.Stdin, d.opts.Stdout, d.opts.Stderr
	err = cmd.Run()
	if cmd.ProcessState != nil && cmd.ProcessState.Success() {
		err = nil // it was interrupted, which is how logs --follow ends
	}
	return d.result(ctx, err)
}

func (d *deployRun) programCommand(ctx context.Context, args []string) (*exec.Cmd, error) {
	description, err := json.Marshal(d.deployment)
	if err != nil {
		return nil, d.deployment.Service.fault(err)
	}
	cmd := process.Command(ctx, d.program, append([]string{d.command}, args...)...)
	cmd.Dir = d.build.opts.Dir
	cmd.Env = append(os.Environ(), longvariable.Entries(DeployVariable, string(description))...)
	return cmd, nil
}

// result returns the error of a deploy program that has ended with err.
func (d *deployRun) result(ctx context.Context, err error) error {
	if exit := new(exec.ExitError); errors.As(err, &exit) && (ctx.Err() == nil || exit.Exited()) {
		return ErrDeploy // which an interrupted program reports, too, unless the signal has ended it
	}
	if err != nil {
		return process.Explain(ctx, err)
	}
	if err := os.Remove(d.deployment.Done); err != nil {
		return errors.New("main, or a hook, ended the program before the command was done: main has to call " +
			"cgo.Main, and nothing may call os.Exit before that returns")
	}
	return nil
}

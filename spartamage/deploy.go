package spartamage

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
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
var ErrDeploy = programs.ErrDeploy

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
	program, err := d.deployProgram()
	if err == nil {
		err = program.Run(ctx, opts.Stdin, opts.Stdout, opts.Stderr)
	}
	if err != nil {
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
		what := "the deploy program"
		if d.build.rewritten.Sparta && (d.command == commandline.LocalService || d.command == "sample") {
			what = "the application's own program" // which deploys nothing now
		}
		defer progress.Clock(d.build.log, "compiling "+what)()
		return what, d.compileProgram(ctx)
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
		d.program, err = programs.Path(ctx, d.build.workspace, programs.Deploy, nil)
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

// check lets the deploy program check the service and the flags.
func (d *deployRun) check(ctx context.Context) (commandline.CheckReport, error) {
	program, err := d.deployProgram()
	if err != nil {
		return commandline.CheckReport{}, err
	}
	if version := d.deployment.Original; version != "" {
		d.build.log.WithField(progress.Step, "render").Info(commandline.Rendering(version))
		defer progress.Clock(d.build.log, "rendering the template")()
	}
	return program.Check(ctx, d.opts.Stderr)
}

func (d *deployRun) deployProgram() (programs.Deployment, error) {
	description, err := json.Marshal(d.deployment)
	if err != nil {
		err = d.deployment.Service.fault(err)
	}
	return programs.Deployment{
		Path:      d.program,
		Dir:       d.build.opts.Dir,
		Command:   d.command,
		Args:      d.opts.Args,
		Variables: programs.LongVariable(DeployVariable).Entries(string(description)),
		Done:      d.deployment.Done,
	}, err
}

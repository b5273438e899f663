package builder

import (
	"context"
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

// Deployment says which command of a deploy program to run, for which application.
type Deployment struct {
	Build     Options
	Command   string
	Args      []string
	SetsLevel bool // whether the build logs at the level of the program

	// Variables returns the environment variables that describe the deployment to the program.
	Variables func(Prepared) ([]string, error)

	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// Prepared is what the deploy program need not find out itself. The fields are described in spartamage.Deployment.
type Prepared struct {
	Application               string
	Original, Program, Folder string
	Package                   *Artifact
	Built                     bool
	Done                      string
}

// Deploy compiles the deploy program and runs the command, as spartamage.Deploy describes it.
func Deploy(ctx context.Context, deployment Deployment) error {
	d := &deployRun{Deployment: deployment, build: newBuilder(deployment.Build)}
	if err := d.prepare(ctx); err != nil {
		return fmt.Errorf("%s: %w", d.Command, err)
	}
	defer os.Remove(d.prepared.Done)
	program, err := d.deployProgram()
	if err == nil {
		err = program.Run(ctx, d.Stdin, d.Stdout, d.Stderr)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", d.Command, err)
	}
	return nil
}

// deployRun is one run of a deploy program, with what each step leaves for the next.
type deployRun struct {
	Deployment
	build    *builder
	program  string // path of the deploy program
	prepared Prepared
}

// prepare compiles the deploy program and, for provision, the package.
func (d *deployRun) prepare(ctx context.Context) error {
	if err := d.build.list(ctx); err != nil {
		return err
	}
	d.prepared.Application, d.prepared.Original = d.build.app.Main.ImportPath, d.build.artifact.Original
	d.prepared.Done = filepath.Join(string(d.build.workspace), fmt.Sprintf("done-%d", os.Getpid()))
	provisions := d.Command == "provision"
	var err error
	if provisions {
		err = d.build.rewrite()
	} else { // a stack can be managed even if the library could not be built now
		err = d.build.parse(rewrite.Place{})
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
		if d.build.rewritten.Sparta && (d.Command == commandline.LocalService || d.Command == "sample") {
			what = "the application's own program" // which deploys nothing now
		}
		defer progress.Clock(d.build.log, "compiling "+what)()
		return what, d.compileProgram(ctx, what)
	})
	if err != nil || !provisions {
		return err
	}
	return d.preparePackage(ctx)
}

// compileProgram compiles the deploy program for this machine.
func (d *deployRun) compileProgram(ctx context.Context, what string) (err error) {
	own := filepath.Join(string(d.build.workspace), "deploy", programs.Executable("deploy"))
	if !d.build.rewritten.Sparta {
		d.program, err = programs.Path(ctx, d.build.workspace, programs.Deploy, d.build.log)
		if err != nil || d.prepared.Original == "" {
			return err
		}
		d.prepared.Program, d.prepared.Folder = own, d.build.app.Main.Dir // its own Sparta renders the template
		what = "the application's own program"
	} else {
		d.program = own
	}
	programs.Announce(d.build.log, own, what)
	return programs.CompileApplication(ctx, programs.Application{
		Dir:      d.build.opts.Dir,
		Package:  d.build.opts.Package,
		GOFLAGS:  d.build.env.GOFLAGS,
		Tags:     d.build.opts.Tags,
		Output:   own,
		Original: d.prepared.Original,
	})
}

// preparePackage finds the package up to date, or builds it from the analysis that already exists. Before it builds,
// the deploy program checks the service and the flags, because a wrong role name should not wait for a compiler. If
// hooks or flags affect the build, the program builds the package itself.
func (d *deployRun) preparePackage(ctx context.Context) error {
	failure := d.build.fingerprintInputs(ctx) // which a hook may repair
	if failure == nil {
		var err error
		if d.prepared.Package, err = d.build.unchanged(ctx); err != nil || d.prepared.Package != nil {
			return err
		}
	}
	report, err := d.check(ctx)
	if err != nil || report.Builds {
		return err
	}
	if level, err := logrus.ParseLevel(report.Level); err == nil && d.SetsLevel {
		d.build.log.SetLevel(level)
	}
	if failure == nil {
		d.prepared.Package, failure = d.build.finish(ctx)
	}
	if failure != nil {
		return fmt.Errorf("build: %w", failure)
	}
	d.prepared.Built = true
	return nil
}

// check lets the deploy program check the service and the flags.
func (d *deployRun) check(ctx context.Context) (commandline.CheckReport, error) {
	program, err := d.deployProgram()
	if err != nil {
		return commandline.CheckReport{}, err
	}
	if version := d.prepared.Original; version != "" {
		d.build.log.WithField(progress.Step, "render").Info(commandline.Rendering(version))
		defer progress.Clock(d.build.log, "rendering the template")()
	}
	return program.Check(ctx, d.Stderr)
}

func (d *deployRun) deployProgram() (programs.Deployment, error) {
	variables, err := d.Variables(d.prepared)
	return programs.Deployment{
		Path:      d.program,
		Dir:       d.build.opts.Dir,
		Command:   d.Command,
		Args:      d.Args,
		Variables: variables,
		Done:      d.prepared.Done,
	}, err
}

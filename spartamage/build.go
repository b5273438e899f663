package spartamage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/elfcheck"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/internal/rewrite"
	"github.com/go-sparta/sparta/internal/stage"
	"github.com/go-sparta/sparta/internal/workspace"
	"github.com/go-sparta/sparta/spartamage/python"
)

// Artifact is what a build came to.
type Artifact struct {
	Name      string   // the application's: hello
	Zip       string   // absolute path of the package that Lambda takes
	SHA256    string   // of the zip, in hex
	Size      int64    // of the zip, in bytes
	Unzipped  int64    // of its content, in bytes
	Stage     string   // absolute path of the folder with the zip's content
	GOOS      string   // linux, but for a package that is only for a local run
	GOARCH    string   // amd64 or arm64
	Python    string   // Lambda's name of the runtime: python3.13
	Builder   string   // what compiled it: "golang:1.26.8 in docker", "the host's go1.26.8"
	Libraries []string // what the library needs of the runtime's system: libc.so.6
}

// Build compiles the application into a shared library and packs it with its
// Python side into a zip. Where nothing has changed since the last build, it
// compiles nothing. The application's own files are only read.
func Build(ctx context.Context, opts BuildOptions) (*Artifact, error) {
	opts, err := opts.resolve()
	if err != nil {
		return nil, err
	}
	artifact, err := build(ctx, opts)
	if err != nil {
		return nil, fmt.Errorf("build: %w", err)
	}
	return artifact, nil
}

// builder is one build, with what each step leaves for the next.
type builder struct {
	opts      BuildOptions
	workspace workspace.Dir
	log       *logrus.Logger
	env       gosource.Environment
	app       *gosource.Application
	rewritten *rewrite.Transformation
	extras    []stage.Extra
	sum       string
	artifact  Artifact
}

func newBuilder(opts BuildOptions) *builder {
	return &builder{opts: opts, workspace: opts.workspace, log: opts.Logger}
}

func build(ctx context.Context, opts BuildOptions) (*Artifact, error) {
	b := newBuilder(opts)
	start := time.Now()
	if err := b.examine(ctx); err != nil {
		return nil, err
	}
	b.log.WithFields(logrus.Fields{progress.Step: "examine", progress.Took: time.Since(start)}).
		Debugf("%s in %s, %d packages", b.app.Main.ImportPath, b.app.Main.Dir, len(b.app.Packages))
	release, err := b.workspace.Open(ctx, func() { b.log.Info("Waiting for another build in " + b.shown(string(b.workspace))) })
	if err != nil {
		return nil, err
	}
	defer release()
	if done := unchanged(b.workspace, b.sum); done != nil {
		b.log.WithField(progress.Step, "unchanged").Info(b.shown(done.Zip))
		return done, nil
	}
	if b.rewritten.Bridge.Elsewhere(b.workspace) {
		release, err := b.rewritten.Bridge.Workspace.Open(ctx, func() {})
		if err != nil {
			return nil, err
		}
		defer release()
	}
	// A build that ends early must not leave the record of another behind.
	if err := forget(b.workspace); err != nil {
		return nil, err
	}
	b.sayRaised()
	for _, s := range []struct {
		name string
		run  func(context.Context) (string, error)
	}{
		{"transform", b.transform},
		{"compile", b.compile},
		{"check", b.check},
		{"package", b.pack},
	} {
		if err := step(b.log, s.name, func() (string, error) { return s.run(ctx) }); err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return &b.artifact, remember(b.workspace, b.sum, b.artifact)
}

// Build tags that leave out of the library what it does not use.
const (
	noRPCTag     = "lambda.norpc"     // aws-lambda-go's service for the go1.x runtime, a quarter of the library
	noSessionTag = "sparta_nosession" // the AWS SDK behind cgo.NewSession: 7 MB, and 3 ms of every start
	noConfigTag  = "sparta_noconfig"  // the AWS SDK v2 behind cgo.Config
)

// examine reads the application and finds what is wrong with it before
// anything is written.
func (b *builder) examine(ctx context.Context) error {
	if err := b.list(ctx); err != nil {
		return err
	}
	if err := b.rewrite(); err != nil {
		return err
	}
	return b.sumUp(ctx)
}

// list asks the go command what the application is made of.
func (b *builder) list(ctx context.Context) error {
	var err error
	if b.env, err = gosource.ReadEnvironment(ctx, b.opts.Dir, b.opts.GOOS, b.opts.GOARCH, b.opts.compiler()...); err != nil {
		return err
	}
	if b.app, err = gosource.List(ctx, b.env, b.opts.list()); err != nil {
		return err
	}
	name := b.opts.Name
	if name == "" {
		name = nameOf(b.app.Main.ImportPath)
	}
	b.artifact = Artifact{
		Name: name, Zip: b.workspace.Zip(name), Stage: b.workspace.Stage(),
		GOOS: b.opts.GOOS, GOARCH: b.opts.GOARCH, Python: b.opts.Python,
	}
	return nil
}

// rewrite works out what the library's sources are.
func (b *builder) rewrite() error {
	bridge, err := rewrite.FindBridge(b.app, b.workspace)
	if err != nil {
		return err
	}
	b.rewritten, err = rewrite.Transform(b.app, bridge, b.artifact.Name)
	return err
}

// sumUp works out what else goes into the package, and the sum of all that it is made from.
func (b *builder) sumUp(ctx context.Context) error {
	var err error
	if b.extras, err = stage.PlanExtras(ctx, b.opts.Dir, b.opts.Include, b.artifact.Name); err != nil {
		return err
	}
	b.sum, err = fingerprint(ctx, b.env, b.app, b.rewritten.Bridge, b.extras, b.opts)
	return err
}

func (b *builder) transform(context.Context) (string, error) {
	if _, err := b.rewritten.Write(b.workspace); err != nil {
		return "", err
	}
	return b.rewritten.Summary(b.opts.Dir), nil
}

func (b *builder) compile(ctx context.Context) (string, error) {
	tags := append([]string{noRPCTag}, b.rewritten.Bridge.Tags...)
	if !b.rewritten.Session {
		tags = append(tags, noSessionTag)
	}
	if !b.rewritten.Config {
		tags = append(tags, noConfigTag)
	}
	used, err := compile(ctx, compileOptions{
		Dir: b.opts.Dir, Workspace: string(b.workspace), Package: b.opts.Package,
		Output: b.workspace.Library(b.artifact.Name), Overlay: b.workspace.Overlay(),
		Builder: b.opts.Builder, CLI: b.opts.ContainerCLI, Image: b.opts.Image,
		GOOS: b.opts.GOOS, GOARCH: b.opts.GOARCH, Env: b.env, Compiler: b.opts.compiler(),
		Tags: append(tags, b.opts.Tags), LDFlags: withoutBuildID(b.opts.LDFlags), Sources: b.sources,
		Log: b.log, Stderr: b.log.Out,
	})
	if rejected := new(compileError); errors.As(err, &rejected) {
		left := b.rewritten.LeaveBehind(b.opts.Dir)
		return "", fmt.Errorf("%w\nthe rewritten source is in %s, and all of it in %s", err, strings.Join(left, ", "), b.shown(b.workspace.Src()))
	} else if err != nil {
		return "", err
	}
	b.rewritten.TakeAway(b.opts.Dir)
	b.artifact.Builder = used
	return fmt.Sprintf("%s, %s/%s", used, b.opts.GOOS, b.opts.GOARCH), nil
}

// withoutBuildID keeps Go's build ID out of the library. It is a sum over the
// text that the compiler read, and so over the path of the sources' folder,
// which the rewritten source names: the same sources would make other bytes in
// each folder.
func withoutBuildID(ldflags string) string {
	if strings.Contains(ldflags, "-buildid") {
		return ldflags
	}
	return strings.TrimSpace(ldflags + " -buildid=")
}

// sources lists the folders that hold what is compiled.
func (b *builder) sources(ctx context.Context) ([]string, error) {
	flags, err := goflags.Read(b.env.GOFLAGS)
	if err != nil {
		return nil, err
	}
	roots, err := gosource.ModuleRoots(ctx, b.env, flags.ModFile(b.opts.Dir))
	return append(roots, b.app.Linked(roots)...), err
}

func (b *builder) check(context.Context) (string, error) {
	if b.opts.GOOS != "linux" {
		return "not for Lambda: built for " + b.opts.GOOS, nil
	}
	report, err := elfcheck.Check(b.workspace.Library(b.artifact.Name), elfcheck.Options{
		GOARCH: b.opts.GOARCH, Python: b.opts.Python, Exports: exports, Shipped: b.shipped(),
	})
	if err != nil {
		return "", err
	}
	for _, warning := range report.Warnings {
		b.log.Warn(warning)
	}
	b.artifact.Libraries = report.Needed
	return fmt.Sprintf("%s, needs glibc %s; %s has %s", report.Machine, report.GLIBC, b.opts.Python, report.GLIBCAvailable), nil
}

// exports are the C functions that the Python side calls.
var exports = []string{"SpartaStart", "SpartaInvoke", "SpartaFree", "SpartaBeforeSnapshot", "SpartaAfterRestore"}

// shipped lists the shared libraries that the user puts into the package's lib
// folder, where Lambda looks for them.
func (b *builder) shipped() []string {
	var names []string
	for _, e := range b.extras {
		if path.Dir(e.Target) == "lib" {
			names = append(names, path.Base(e.Target))
		}
	}
	return names
}

func (b *builder) pack(ctx context.Context) (string, error) {
	if err := stage.Lay(ctx, stage.Options{
		Dir: b.workspace.Stage(), Library: b.workspace.Library(b.artifact.Name), Name: b.artifact.Name,
		Python: python.Files, Include: b.opts.Include, Root: b.opts.Dir,
		Credentials: b.rewritten.Session || b.rewritten.Config,
	}); err != nil {
		return "", err
	}
	report, err := archive.Write(ctx, b.workspace.Stage(), b.artifact.Zip)
	if err != nil {
		return "", err
	}
	if err := report.CheckLimits(); err != nil {
		return "", err
	}
	b.artifact.SHA256, b.artifact.Size, b.artifact.Unzipped = report.SHA256, report.Size, report.Unzipped
	return b.shown(b.artifact.Zip) + "  " + report.String(), nil
}

// shown is a path as a person in the application's folder would type it.
func (b *builder) shown(path string) string {
	return files.Shown(b.opts.Dir, path)
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// nameOf names an application after its main package: the last path element
// that is not a major version.
func nameOf(importPath string) string {
	base := path.Base(importPath)
	if dir := path.Dir(importPath); majorVersion.MatchString(base) && dir != "." {
		base = path.Base(dir)
	}
	return regexp.MustCompile(`[^A-Za-z0-9_.-]`).ReplaceAllString(base, "_")
}

// sayRaised names what the requirement of this module may have raised in the application's.
func (b *builder) sayRaised() {
	goMod, err := os.ReadFile(b.env.GOMOD)
	if err != nil {
		return
	}
	ownGoMod, err := os.ReadFile(filepath.Join(programs.CompiledFrom(), "go.mod"))
	if err != nil {
		return // where the targets came from is not on this machine
	}
	if found := b.app.Raised(string(goMod), string(ownGoMod)); len(found) > 0 {
		b.log.Infof("The library has %s: at least that is what %s asks for, which go.mod requires; a magefile in a module of its own leaves it to you",
			strings.Join(found, ", "), gosource.ModulePath)
	}
}

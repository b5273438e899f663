package builder

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/elfcheck"
	"github.com/go-sparta/sparta/internal/gobuild"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/naming"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/internal/requirements"
	"github.com/go-sparta/sparta/internal/rewrite"
	"github.com/go-sparta/sparta/internal/stage"
	"github.com/go-sparta/sparta/internal/supply"
	"github.com/go-sparta/sparta/internal/workspace"
)

// Settings say what to build and how. The fields are described in spartamage.BuildOptions, which has the same ones, so
// that each can be converted to the other.
type Settings struct {
	Dir     string
	Package string
	Name    string

	Builder      string
	ContainerCLI string
	Image        string

	GOOS    string
	GOARCH  string
	Python  string
	Tags    string
	LDFlags string

	Include []string

	PythonDir         string
	Requirements      string
	RequirementsLayer bool

	Bare      bool
	Vulncheck string

	Logger *logrus.Logger
}

// Options are settings with the environment and the defaults, and what else a build depends on.
type Options struct {
	Settings

	// RunContainer returns what runs the container that compiles a library.
	RunContainer func(log *logrus.Logger, library string) ContainerRunner
	Workspace    workspace.Dir // .sparta of Dir, unless a local run needs another

	local    bool             // for a local run, on another system than the deployed package's
	warned   bool             // a target has already warned about variables that are not settings
	debug    bool             // for a debugger
	unpacked bool             // without a zip, for a local run
	memory   *gosource.Memory // of the go command's answers; nil means the workspace's

	toolchain string // the version of Go that compiles on the host; empty means the go command's choice
}

// ContainerRunner runs a command in a container, as gobuild.Options describes it.
type ContainerRunner func(
	ctx context.Context, cli string, container gobuild.Container, command ...string,
) (string, error)

// variables returns what differs in the environment of go commands. CC and CXX are reset if the environment's are for
// the deployed package's system and the library is for this machine's.
func (o Options) variables() (variables []string) {
	if o.local {
		variables = append(variables, "CC=", "CXX=")
	}
	if o.toolchain != "" {
		variables = append(variables, "GOTOOLCHAIN="+o.toolchain)
	}
	return variables
}

const defaultPython = "python3.13"

var builders = []string{"auto", "docker", "host"}

// Resolve applies the environment and the defaults, and checks the result.
func (s Settings) Resolve() (Options, error) {
	o := Options{Settings: s}
	commandline.TextSetting(&o.Package, "SPARTA_PACKAGE", ".")
	commandline.TextSetting(&o.Name, "SPARTA_NAME", "")
	commandline.TextSetting(&o.Builder, "SPARTA_BUILDER", "auto")
	commandline.TextSetting(&o.ContainerCLI, "SPARTA_CONTAINER_CLI", "")
	commandline.TextSetting(&o.Image, "SPARTA_IMAGE", "")
	commandline.TextSetting(&o.GOOS, "SPARTA_GOOS", "linux")
	commandline.TextSetting(&o.GOARCH, "SPARTA_GOARCH", "amd64")
	commandline.TextSetting(&o.Python, "SPARTA_PYTHON", defaultPython)
	commandline.TextSetting(&o.Tags, "SPARTA_BUILD_TAGS", "")
	commandline.TextSetting(&o.LDFlags, "SPARTA_LDFLAGS", "")
	commandline.TextSetting(&o.PythonDir, "SPARTA_PYTHON_DIR", "")
	commandline.TextSetting(&o.Requirements, "SPARTA_REQUIREMENTS", "")
	if value := os.Getenv("SPARTA_INCLUDE"); value != "" {
		o.Include = commandline.List(value)
	}
	if err := commandline.BoolSetting(&o.RequirementsLayer, "SPARTA_REQUIREMENTS_LAYER"); err != nil {
		return o, err
	}
	if err := commandline.BoolSetting(&o.Bare, "SPARTA_BARE"); err != nil {
		return o, err
	}
	commandline.TextSetting(&o.Vulncheck, "SPARTA_VULNCHECK", "false")
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return o, fmt.Errorf("find the application's folder: %w", err)
	}
	// The compiler and the container see real paths, so the mounts must be real, too.
	if o.Dir, err = filepath.EvalSymlinks(dir); err != nil {
		return o, fmt.Errorf("find the application's folder: %w", err)
	}
	if info, err := os.Stat(o.Dir); err == nil && !info.IsDir() {
		return o, fmt.Errorf("the application's folder %s is a file: name a folder", o.Dir)
	}
	o.Workspace = workspace.Dir(filepath.Join(o.Dir, workspace.Name))
	if o.Logger == nil {
		if o.Logger, err = progress.FromEnvironment(os.Stderr, "", ""); err != nil {
			return o, err
		}
	}
	return o, o.check()
}

func (s Settings) check() error {
	if !slices.Contains(builders, s.Builder) {
		return fmt.Errorf("unknown builder %q: use auto, docker or host (SPARTA_BUILDER)", s.Builder)
	}
	if strings.HasPrefix(s.Image, "-") {
		return fmt.Errorf("SPARTA_IMAGE %.80q is not an image: write, for example, golang:1.26.8", s.Image)
	}
	if !slices.Contains(supply.Vulnchecks, s.Vulncheck) {
		return fmt.Errorf("SPARTA_VULNCHECK must be true, warn or false, got %.80q", s.Vulncheck)
	}
	if !naming.IsFile(s.Name) {
		return fmt.Errorf("SPARTA_NAME %.80q cannot name a file: use letters, digits, - and _", s.Name)
	}
	if err := goflags.CheckLinker(s.LDFlags); err != nil {
		return err
	}
	runtime, err := elfcheck.Lookup(s.Python)
	if err != nil {
		return err
	}
	return runtime.Supports(s.GOARCH)
}

// list returns what the go command has to list for this build.
func (o Options) list() gosource.ListOptions {
	return gosource.ListOptions{
		Dir:     o.Dir,
		Package: o.Package,
		GOOS:    o.GOOS,
		GOARCH:  o.GOARCH,
		Tags:    []string{gobuild.LibraryTag, rewrite.NoRPCTag, o.Tags},
	}
}

// requirements says which Python packages to install.
func (o Options) requirements() requirements.Options {
	return requirements.Options{
		Dir: o.Dir, File: o.Requirements, Python: o.Python, GOARCH: o.GOARCH, Local: o.local,
		Cache: filepath.Join(string(o.Workspace), "cache"), Log: o.Logger,
	}
}

// files says which files of the user are in the package.
func (o Options) files(packages requirements.Packages) stage.Files {
	files := stage.Files{Root: o.Dir, Include: o.Include, Modules: o.PythonDir}
	if !o.RequirementsLayer {
		files.Packages = packages.Dir()
	}
	return files
}

// addLayer packs the installed packages as a layer, if they are not in the zip.
func (o Options) addLayer(ctx context.Context, packages requirements.Packages, artifact *Artifact) (err error) {
	if o.RequirementsLayer {
		artifact.Packages = packages.Dir()
		artifact.Layer, err = packages.Layer(ctx, artifact.Unzipped)
	}
	return err
}

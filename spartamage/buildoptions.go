package spartamage

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

// BuildOptions says what to build and how. The zero value builds the main
// package of the working directory for python3.13 on amd64. An environment
// variable that is set takes precedence over its field.
type BuildOptions struct {
	Dir     string // where the application is, and .sparta with it; empty means the working directory
	Package string // SPARTA_PACKAGE: the main package, such as ./cmd/x, or one file of it; empty means "."
	Name    string // SPARTA_NAME: names the library and the zip; empty means the package's last path element

	Builder      string // SPARTA_BUILDER: auto (the default), docker or host
	ContainerCLI string // SPARTA_CONTAINER_CLI: docker, podman, finch or nerdctl; empty means the first that is found
	Image        string // SPARTA_IMAGE: empty means golang:<this machine's Go version>

	GOOS    string // SPARTA_GOOS: linux unless the package is only for a local run
	GOARCH  string // SPARTA_GOARCH: amd64 (the default) or arm64
	Python  string // SPARTA_PYTHON: Lambda's name of the runtime; empty means python3.13
	Tags    string // SPARTA_BUILD_TAGS: comma-separated build tags
	LDFlags string // SPARTA_LDFLAGS: linker flags, in addition to -s -w

	// Include lists more files, folders or globs for the package; src=dst renames. SPARTA_INCLUDE, comma-separated.
	Include []string

	PythonDir    string // SPARTA_PYTHON_DIR: folder of Python modules for the root of the package; empty means none
	Requirements string // SPARTA_REQUIREMENTS: file with Python packages to install; empty means none
	// RequirementsLayer deploys the installed packages as a layer, and not in the zip. SPARTA_REQUIREMENTS_LAYER.
	RequirementsLayer bool

	// Bare leaves the SBOM, the notices and the provenance out of the zip; they are always beside it. SPARTA_BARE.
	Bare bool
	// Vulncheck has govulncheck look for known vulnerabilities: true (a finding is an error), warn, or false, which is
	// the default. SPARTA_VULNCHECK.
	Vulncheck string

	Logger *logrus.Logger `json:"-"` // for progress; nil means standard error, at SPARTA_LOG_LEVEL

	workspace workspace.Dir    // .sparta of Dir, unless a local run needs another
	local     bool             // for a local run, on another system than the deployed package's
	warned    bool             // a target has already warned about variables that are not settings
	debug     bool             // for a debugger
	unpacked  bool             // without a zip, for a local run
	memory    *gosource.Memory // of the go command's answers; nil means none
}

// compiler returns the variables that reset CC and CXX if the environment's are for the deployed
// package's system and the library is for this machine's.
func (o BuildOptions) compiler() []string {
	if !o.local {
		return nil
	}
	return []string{"CC=", "CXX="}
}

// newLogger returns a logger on standard error. For empty flags, the environment's values apply.
func newLogger(flags commandline.Logging) (*logrus.Logger, error) {
	return progress.FromEnvironment(os.Stderr, flags.Level, flags.Format)
}

const defaultPython = "python3.13"

var builders = []string{"auto", "docker", "host"}

// resolve applies the environment and the defaults, and checks the result.
func (o BuildOptions) resolve() (BuildOptions, error) {
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
	if o.workspace == "" {
		o.workspace = workspace.Dir(filepath.Join(o.Dir, workspace.Name))
	}
	if o.Logger == nil {
		o.Logger, err = newLogger(commandline.Logging{})
		if err != nil {
			return o, err
		}
	}
	return o, o.check()
}

func (o BuildOptions) check() error {
	if !slices.Contains(builders, o.Builder) {
		return fmt.Errorf("unknown builder %q: use auto, docker or host (SPARTA_BUILDER)", o.Builder)
	}
	if strings.HasPrefix(o.Image, "-") {
		return fmt.Errorf("SPARTA_IMAGE %.80q is not an image: write, for example, golang:1.26.8", o.Image)
	}
	if !slices.Contains(supply.Vulnchecks, o.Vulncheck) {
		return fmt.Errorf("SPARTA_VULNCHECK must be true, warn or false, got %.80q", o.Vulncheck)
	}
	if !naming.IsFile(o.Name) {
		return fmt.Errorf("SPARTA_NAME %.80q cannot name a file: use letters, digits, - and _", o.Name)
	}
	if err := goflags.CheckLinker(o.LDFlags); err != nil {
		return err
	}
	runtime, err := elfcheck.Lookup(o.Python)
	if err != nil {
		return err
	}
	return runtime.Supports(o.GOARCH)
}

// memorize returns the memory of builds in the workspace.
func (o BuildOptions) memorize() *gosource.Memory {
	return &gosource.Memory{File: o.workspace.Findings()}
}

// list returns what the go command has to list for this build.
func (o BuildOptions) list() gosource.ListOptions {
	return gosource.ListOptions{
		Dir:     o.Dir,
		Package: o.Package,
		GOOS:    o.GOOS,
		GOARCH:  o.GOARCH,
		Tags:    []string{gobuild.LibraryTag, rewrite.NoRPCTag, o.Tags},
	}
}

// requirements says which Python packages to install.
func (o BuildOptions) requirements() requirements.Options {
	return requirements.Options{
		Dir: o.Dir, File: o.Requirements, Python: o.Python, GOARCH: o.GOARCH, Local: o.local,
		Cache: filepath.Join(string(o.workspace), "cache"), Log: o.Logger,
	}
}

// files says which files of the user are in the package.
func (o BuildOptions) files(packages requirements.Packages) stage.Files {
	files := stage.Files{Root: o.Dir, Include: o.Include, Modules: o.PythonDir}
	if !o.RequirementsLayer {
		files.Packages = packages.Dir()
	}
	return files
}

// addLayer packs the installed packages as a layer, if they are not in the zip.
func (o BuildOptions) addLayer(ctx context.Context, packages requirements.Packages, artifact *Artifact) (err error) {
	if o.RequirementsLayer {
		artifact.Packages = packages.Dir()
		artifact.Layer, err = packages.Layer(ctx, artifact.Unzipped)
	}
	return err
}

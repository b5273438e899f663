package spartamage

import (
	"os"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/builder"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/progress"
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
}

// resolve applies the environment and the defaults, and checks the result.
func (o BuildOptions) resolve() (builder.Options, error) {
	resolved, err := builder.Settings(o).Resolve()
	resolved.RunContainer = runContainer
	return resolved, err
}

// newLogger returns a logger on standard error. For empty flags, the environment's values apply.
func newLogger(flags commandline.Logging) (*logrus.Logger, error) {
	return progress.FromEnvironment(os.Stderr, flags.Level, flags.Format)
}

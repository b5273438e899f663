// Package explore runs a service on this machine while it is developed: it builds it, serves its functions, and builds
// it again whenever a file changes.
package explore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/gateway/jwks"
	"github.com/go-sparta/sparta/internal/invocation"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/spartamage"
)

// Options say what to run, and how.
type Options struct {
	Build   spartamage.BuildOptions
	Service spartamage.Service // of a plain aws-lambda-go application; a Sparta application describes itself
	Flags   commandline.Explore
	Log     *logrus.Logger // for builds, invocations and problems
	Out     io.Writer      // for addresses
	Output  io.Writer      // for what functions print

	// Settings returns the settings of the magefile after it has changed. nil means that they cannot be read again.
	Settings func(context.Context) (Settings, error)
	// Describe describes the service of the running program, which is the application's own. nil means that another
	// program has to be compiled for that.
	Describe func() (localservice.Service, error)
}

// Settings are those of a magefile.
type Settings struct {
	Build   spartamage.BuildOptions
	Service spartamage.Service
}

// DefaultPort is that of the console and of Lambda's API.
const DefaultPort = 8377

// parsed are the options with their texts read.
type parsed struct {
	Options
	host        string
	port        int
	concurrency int
	debug       bool
	entries     []string // of -env and -envFile
	variables   []string // of all functions, NAME=value; from the entries
	lines       *lines
}

// dir returns the application's folder.
func (o Options) dir() string {
	if dir, err := filepath.Abs(o.Build.Dir); err == nil {
		return dir
	}
	return o.Build.Dir
}

func (o Options) parse() (*parsed, error) {
	p := &parsed{
		Options: o, host: cmp.Or(o.Flags.Listen, "127.0.0.1"), port: DefaultPort, concurrency: 10,
		lines: &lines{out: o.Output},
	}
	if text := o.Flags.Port; text != "" {
		port, err := strconv.ParseUint(text, 10, 16)
		if err != nil {
			return nil, fmt.Errorf("-port must be 0 to 65535, got %q", text)
		}
		p.port = int(port)
	}
	if text := o.Flags.Concurrency; text != "" {
		number, err := strconv.ParseUint(text, 10, 16)
		if err != nil || number == 0 || number > 1000 {
			return nil, fmt.Errorf("-concurrency must be 1 to 1000, got %q", text)
		}
		p.concurrency = int(number)
	}
	if o.Flags.Debug {
		if o.Flags.Concurrency != "" {
			return nil, errors.New("with -debug, one invocation of a function runs at a time: omit -concurrency")
		}
		p.debug, p.concurrency = true, 1
	}
	if p.Flags.JWKS != "" && p.Flags.NoAuthorizers {
		return nil, errors.New("-jwks and -noAuthorizers exclude each other: leave one out")
	}
	if path := o.Flags.JWKS; path != "" {
		if _, err := jwks.Read(path); err != nil {
			return nil, err
		}
	}
	if file := o.Flags.EnvFile; file != "" {
		p.entries = append(p.entries, "@"+file)
	}
	p.entries = append(p.entries, o.Flags.Env...) // the later one counts
	var err error
	p.variables, err = invocation.Variables(p.entries)
	return p, err
}

// variableFiles returns the paths of the files with variables.
func (p *parsed) variableFiles() []string {
	var paths []string
	for _, entry := range p.entries {
		if file, ok := strings.CutPrefix(entry, "@"); ok {
			if path, err := filepath.Abs(file); err == nil {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

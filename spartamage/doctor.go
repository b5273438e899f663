package spartamage

import (
	"cmp"
	"context"
	"io"
	"os"

	"github.com/go-sparta/sparta/internal/doctor"
	"github.com/go-sparta/sparta/internal/gobuild"
	"github.com/go-sparta/sparta/internal/gosource"
)

// DoctorOptions say for which build a machine is examined, and where the findings go.
type DoctorOptions struct {
	Build BuildOptions
	JSON  bool      // write JSON
	Out   io.Writer // nil means standard output
}

// Doctor looks for what building and running the application needs, and writes a line for each
// thing: ok, warn or missing, then what it is, then what to do about it. It installs, pulls and
// keeps nothing. With JSON, it writes one document. The error says that no build is possible on this machine.
func Doctor(ctx context.Context, opts DoctorOptions) error {
	build, err := opts.Build.resolve()
	if err != nil {
		return err
	}
	return doctor.Examine(ctx, doctor.Options{
		JSON:         opts.JSON,
		Dir:          build.Dir,
		Package:      build.Package,
		Tags:         []string{gobuild.LibraryTag, build.Tags},
		Builder:      build.Builder,
		ContainerCLI: build.ContainerCLI,
		Image:        build.Image,
		GOOS:         build.GOOS,
		GOARCH:       build.GOARCH,
		Python:       build.Python,
		Requirements: build.Requirements,
		Workspace:    build.Workspace,
		CheckCompiler: func(ctx context.Context, env gosource.Environment) error {
			return gobuild.Target{GOOS: build.GOOS, GOARCH: build.GOARCH}.Check(ctx, env)
		},
	}, cmp.Or[io.Writer](opts.Out, os.Stdout))
}

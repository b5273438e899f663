package spartamage

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"os"

	"github.com/go-sparta/sparta/internal/programs"
)

// ExploreOptions say which service to run on this machine.
type ExploreOptions struct {
	Build   BuildOptions
	Service Service // of a plain aws-lambda-go application; a Sparta application describes itself

	Port        string   // of Lambda's API; HTTP has the next one. Empty means 8377, 0 means any
	Listen      string   // the address to listen on; empty means 127.0.0.1
	Env         []string // the functions' variables: NAME=value, NAME or @file
	EnvFile     string   // a file with NAME=value in each line; Env overrides it
	Concurrency string   // invocations of a function at the same time; empty means 10

	Debug         bool   // build for a debugger, and show the processes to attach it to
	NoCredentials bool   // hide the shell's AWS credentials and the files below HOME from the functions
	JWKS          string // a file with the public keys that verify the signatures of tokens; empty means none
	NoAuthorizers bool   // let requests pass without asking authorizers

	Stdout io.Writer `json:"-"` // for the addresses; nil means standard output
	Stderr io.Writer `json:"-"` // for everything else; nil means standard error
}

// Explore runs the service on this machine until ctx ends, and builds it again after each change of its files.
func Explore(ctx context.Context, opts ExploreOptions) error {
	build, err := opts.Build.resolve()
	if err != nil {
		return err
	}
	opts.Build.Dir = build.Dir // a relative path would apply twice
	input, err := json.Marshal(opts)
	if err != nil {
		return opts.Service.fault(err)
	}
	program := func() (string, error) {
		return programs.LockedPath(ctx, build.Workspace, programs.Sparta, build.Logger)
	}
	return programs.RunService(ctx, program, build.Dir, input,
		cmp.Or[io.Writer](opts.Stdout, os.Stdout), cmp.Or[io.Writer](opts.Stderr, os.Stderr))
}

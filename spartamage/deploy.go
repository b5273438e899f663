package spartamage

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"os"

	"github.com/go-sparta/sparta/internal/builder"
	"github.com/go-sparta/sparta/internal/programs"
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
	return builder.Deploy(ctx, builder.Deployment{
		Build:     build,
		Command:   command,
		Args:      opts.Args,
		SetsLevel: opts.Build.Logger == nil,
		Variables: opts.variables,
		Stdin:     cmp.Or[io.Reader](opts.Stdin, os.Stdin),
		Stdout:    cmp.Or[io.Writer](opts.Stdout, os.Stdout),
		Stderr:    cmp.Or[io.Writer](opts.Stderr, os.Stderr),
	})
}

// variables returns the environment variables that hold the Deployment.
func (o DeployOptions) variables(prepared builder.Prepared) ([]string, error) {
	description, err := json.Marshal(Deployment{
		Build:       o.Build,
		Service:     o.Service,
		Parameters:  o.Parameters,
		Application: prepared.Application,
		Original:    prepared.Original,
		Program:     prepared.Program,
		Folder:      prepared.Folder,
		Package:     (*Artifact)(prepared.Package),
		Built:       prepared.Built,
		Done:        prepared.Done,
	})
	if err != nil {
		return nil, o.Service.fault(err)
	}
	return programs.LongVariable(DeployVariable).Entries(string(description)), nil
}

package spartamage

import (
	"context"
	"time"

	"github.com/go-sparta/sparta/internal/commandline"
)

// ProvisionOptions are DeployOptions with the flags of cgo:provision.
type ProvisionOptions struct {
	Build       BuildOptions
	Service     Service
	NoOp        bool          // SPARTA_NOOP, NOOP: render and show, change nothing
	Level       string        // SPARTA_LOG_LEVEL: debug, info, warn or error
	S3Bucket    string        // SPARTA_S3_BUCKET, S3_BUCKET: empty means the account's own bucket for packages
	Stack       string        // SPARTA_STACK: empty means the service's name
	Wait        time.Duration // 0 means 15 minutes
	InPlace     bool          // update only the functions' code
	BuildID     string        // in the template's metadata; empty means one from the package's content
	Adopt       string        // the stack's name, to take over another application's stack
	ServiceRole string        // SPARTA_SERVICE_ROLE: ARN of the role that CloudFormation assumes; empty means none
	Yes         bool          // destroy data and addresses without asking

	KeepVersions string // SPARTA_KEEP_VERSIONS: how many old versions to keep, or all; empty means 5

	Profile   string // of AWS's configuration; empty means AWS_PROFILE
	Region    string // empty means AWS_REGION, or the profile's
	RoleARN   string // of a role to assume
	MFASerial string // of the MFA device that the role requires

	BuildTags string // take precedence over Build.Tags and SPARTA_BUILD_TAGS
	LDFlags   string // take precedence over Build.LDFlags and SPARTA_LDFLAGS
	Pipeline  string // folder for what a pipeline deploys; implies NoOp
	JSON      bool   // write the result as JSON
	Format    string // of the log: text, txt or json; empty means text

	Tags       map[string]string // of the stack and its resources
	Parameters map[string]string // of the template: values, or @file for the content of a file
}

// Provision builds the application and creates or updates its stack.
func Provision(ctx context.Context, opts ProvisionOptions) error {
	if opts.Level+opts.Format != "" && opts.Build.Logger == nil {
		log, err := newLogger(opts.logging())
		if err != nil {
			return err
		}
		opts.Build.Logger = log
	}
	flags := opts.flags()
	if err := commandline.Check(flags); err != nil {
		return err
	}
	parameters, err := commandline.ReadFiles(opts.Parameters)
	if err != nil {
		return err
	}
	return Deploy(ctx, "provision", DeployOptions{
		Build:      opts.Build,
		Service:    opts.Service,
		Parameters: parameters,
		Args:       opts.args(flags),
	})
}

func (o ProvisionOptions) logging() commandline.Logging {
	return commandline.Logging{Level: o.Level, Format: o.Format}
}

func (o ProvisionOptions) flags() *commandline.Provision {
	return &commandline.Provision{
		Stack:       o.Stack,
		NoOp:        o.NoOp,
		S3Bucket:    o.S3Bucket,
		BuildID:     o.BuildID,
		InPlace:     o.InPlace,
		Wait:        o.Wait,
		Adopt:       o.Adopt,
		Yes:         o.Yes,
		JSON:        o.JSON,
		Tags:        o.Tags,
		ServiceRole: o.ServiceRole,

		KeepVersions: o.KeepVersions,
	}
}

func (o ProvisionOptions) args(provision *commandline.Provision) []string {
	logging := o.logging()
	var args []string
	for _, flags := range []any{
		&logging,
		provision,
		&commandline.Packaging{BuildTags: o.BuildTags, LDFlags: o.LDFlags, Pipeline: o.Pipeline},
		&commandline.Session{Profile: o.Profile, Region: o.Region, RoleARN: o.RoleARN, MFASerial: o.MFASerial},
	} {
		args = append(args, commandline.Arguments(flags)...)
	}
	return args
}

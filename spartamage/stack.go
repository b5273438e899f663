package spartamage

import (
	"context"
	"time"

	"github.com/go-sparta/sparta/internal/commandline"
)

// Provision builds the application and creates or updates its stack.
//
// The changes are shown before they are made. With -noop nothing is changed:
// template.json and the zip are in .sparta, and no AWS account is needed.
// Without -s3Bucket the package goes to the account's own bucket, which is
// created if needed. The flags' defaults are SPARTA_NOOP, SPARTA_S3_BUCKET (or
// NOOP, S3_BUCKET), SPARTA_STACK and SPARTA_LOG_LEVEL. A stack of another
// application is refused. Before data or an address is destroyed, you are
// asked to confirm; without a terminal, pass -yes. Secret parameters belong in
// files: -parameter=Token=@token.txt.
func (CGO) Provision(
	ctx context.Context,
	noop *bool, // render and show, change nothing
	s3Bucket *string, // bucket for the package
	stack *string, // name of the stack (default: the service's)
	inplace *bool, // update only the functions' code, if nothing else changes
	wait *time.Duration, // how long to wait for the stack to settle (default 15m)
	buildID *string, // build ID in the template (default: from the package's content)
	adopt *string, // the stack's name, to take over another application's stack
	yes *bool, // destroy data and addresses without asking
	parameter *string, // values of template parameters: Name=value,Name=@file
	serviceRole *string, // role for CloudFormation, as an ARN
	keepVersions *string, // old versions kept, or all (default 5)
	tag *string, // tags of the stack and its resources: Name=value,Name=value
	tags *string, // comma-separated build tags
	ldflags *string, // linker flags, for example '-X main.version=1.2'
	codePipelinePackage *string, // write what a pipeline deploys to this folder; implies -noop
	json *bool, // write the result as JSON
	profile *string, // AWS profile (default: AWS_PROFILE)
	region *string, // AWS region (default: AWS_REGION, or the profile's)
	roleArn *string, // ARN of a role to assume
	mfaSerial *string, // serial number of the MFA device that the role requires
	level *string, // log level: debug, info, warn or error (default info)
	format *string, // log format: text, txt or json (default text)
) error {
	parameters, err := commandline.Pairs("-parameter", value(parameter))
	if err != nil {
		return err
	}
	stackTags, err := commandline.Pairs("-tag", value(tag))
	if err != nil {
		return err
	}
	return Provision(ctx, ProvisionOptions{
		NoOp:        value(noop),
		S3Bucket:    value(s3Bucket),
		Stack:       value(stack),
		InPlace:     value(inplace),
		Wait:        value(wait),
		BuildID:     value(buildID),
		Adopt:       value(adopt),
		Yes:         value(yes),
		Parameters:  parameters,
		Tags:        stackTags,
		ServiceRole: value(serviceRole),
		BuildTags:   value(tags),
		LDFlags:     value(ldflags),
		Pipeline:    value(codePipelinePackage),
		JSON:        value(json),
		Profile:     value(profile),
		Region:      value(region),
		RoleARN:     value(roleArn),
		MFASerial:   value(mfaSerial),
		Level:       value(level),
		Format:      value(format),

		KeepVersions: value(keepVersions),
	})
}

// Status shows the stack, its functions and its outputs.
func (CGO) Status(
	ctx context.Context,
	stack *string, // name of the stack (default: the service's)
	plaintext *bool, // show the account's number
	redact *bool, // hide the account's number (default true)
	json *bool, // write JSON
	profile *string, // AWS profile (default: AWS_PROFILE)
	region *string, // AWS region (default: AWS_REGION, or the profile's)
	roleArn *string, // ARN of a role to assume
	mfaSerial *string, // serial number of the MFA device that the role requires
	level *string, // log level: debug, info, warn or error (default info)
	format *string, // log format: text, txt or json (default text)
) error {
	return stackCommand{
		Flags: &commandline.Status{
			Stack:     value(stack),
			Plaintext: value(plaintext) || redact != nil && !*redact,
			JSON:      value(json),
		},
		Session: commandline.Session{
			Profile:   value(profile),
			Region:    value(region),
			RoleARN:   value(roleArn),
			MFASerial: value(mfaSerial),
		},
		Logging: commandline.Logging{Level: value(level), Format: value(format)},
	}.run(ctx, "status")
}

// Logs shows what the functions have logged.
func (CGO) Logs(
	ctx context.Context,
	stack *string, // name of the stack (default: the service's)
	function *string, // name of the function (default: all)
	filter *string, // CloudWatch Logs filter pattern
	since *time.Duration, // how far back to start (default 10m)
	follow *bool, // continue until interrupted
	profile *string, // AWS profile (default: AWS_PROFILE)
	region *string, // AWS region (default: AWS_REGION, or the profile's)
	roleArn *string, // ARN of a role to assume
	mfaSerial *string, // serial number of the MFA device that the role requires
	level *string, // log level: debug, info, warn or error (default info)
	format *string, // log format: text, txt or json (default text)
) error {
	return stackCommand{
		Flags: &commandline.Logs{
			Stack:    value(stack),
			Function: value(function),
			Filter:   value(filter),
			Since:    value(since),
			Follow:   value(follow),
		},
		Session: commandline.Session{
			Profile:   value(profile),
			Region:    value(region),
			RoleARN:   value(roleArn),
			MFASerial: value(mfaSerial),
		},
		Logging: commandline.Logging{Level: value(level), Format: value(format)},
	}.run(ctx, "logs")
}

// Describe writes a page that shows functions, roles and triggers.
func (CGO) Describe(
	ctx context.Context,
	out *string, // file for a page of HTML (default .sparta/describe.html)
	json *bool, // write JSON
	level *string, // log level: debug, info, warn or error (default info)
	format *string, // log format: text, txt or json (default text)
) error {
	return stackCommand{
		Flags:   &commandline.Describe{Out: value(out), JSON: value(json)},
		Logging: commandline.Logging{Level: value(level), Format: value(format)},
	}.run(ctx, "describe")
}

// Delete deletes the stack and waits until it is gone.
//
// You are asked to confirm; without a terminal, pass -yes. A stack of another
// application is refused.
func (CGO) Delete(
	ctx context.Context,
	stack *string, // name of the stack (default: the service's)
	noop *bool, // show what would be deleted
	wait *time.Duration, // how long to wait for the stack to be deleted (default 15m)
	adopt *string, // the stack's name, to delete another application's stack
	yes *bool, // delete it without asking
	profile *string, // AWS profile (default: AWS_PROFILE)
	region *string, // AWS region (default: AWS_REGION, or the profile's)
	roleArn *string, // ARN of a role to assume
	mfaSerial *string, // serial number of the MFA device that the role requires
	level *string, // log level: debug, info, warn or error (default info)
	format *string, // log format: text, txt or json (default text)
) error {
	return stackCommand{
		Flags: &commandline.Delete{
			Stack: value(stack),
			NoOp:  value(noop),
			Wait:  value(wait),
			Adopt: value(adopt),
			Yes:   value(yes),
		},
		Session: commandline.Session{
			Profile:   value(profile),
			Region:    value(region),
			RoleARN:   value(roleArn),
			MFASerial: value(mfaSerial),
		},
		Logging: commandline.Logging{Level: value(level), Format: value(format)},
	}.run(ctx, "delete")
}

// Recover continues a failed update rollback.
func (CGO) Recover(
	ctx context.Context,
	stack *string, // name of the stack (default: the service's)
	skip *string, // comma-separated logical IDs of resources to leave as they are
	wait *time.Duration, // how long to wait for the stack to settle (default 15m)
	adopt *string, // the stack's name, to recover another application's stack
	profile *string, // AWS profile (default: AWS_PROFILE)
	region *string, // AWS region (default: AWS_REGION, or the profile's)
	roleArn *string, // ARN of a role to assume
	mfaSerial *string, // serial number of the MFA device that the role requires
	level *string, // log level: debug, info, warn or error (default info)
	format *string, // log format: text, txt or json (default text)
) error {
	return stackCommand{
		Flags: &commandline.Recover{
			Stack: value(stack),
			Skip:  commandline.List(value(skip)),
			Wait:  value(wait),
			Adopt: value(adopt),
		},
		Session: commandline.Session{
			Profile:   value(profile),
			Region:    value(region),
			RoleARN:   value(roleArn),
			MFASerial: value(mfaSerial),
		},
		Logging: commandline.Logging{Level: value(level), Format: value(format)},
	}.run(ctx, "recover")
}

// Rollback moves a function's alias back to an earlier version.
//
// The alias stays there until other code or settings are provisioned. With
// -noop the change is only shown. A stack of another application is refused.
func (CGO) Rollback(
	ctx context.Context,
	version *string, // version to go to (default: the one before the alias's)
	function *string, // name of the function (default: the only one that has an alias)
	stack *string, // name of the stack (default: the service's)
	noop *bool, // show what would be changed
	s3Bucket *string, // bucket for a large template
	wait *time.Duration, // how long to wait for the stack to settle (default 15m)
	adopt *string, // the stack's name, to roll back another application's stack
	profile *string, // AWS profile (default: AWS_PROFILE)
	region *string, // AWS region (default: AWS_REGION, or the profile's)
	roleArn *string, // ARN of a role to assume
	mfaSerial *string, // serial number of the MFA device that the role requires
	level *string, // log level: debug, info, warn or error (default info)
	format *string, // log format: text, txt or json (default text)
) error {
	return stackCommand{
		Flags: &commandline.Rollback{
			Version:  value(version),
			Function: value(function),
			Stack:    value(stack),
			NoOp:     value(noop),
			S3Bucket: value(s3Bucket),
			Wait:     value(wait),
			Adopt:    value(adopt),
		},
		Session: commandline.Session{
			Profile:   value(profile),
			Region:    value(region),
			RoleARN:   value(roleArn),
			MFASerial: value(mfaSerial),
		},
		Logging: commandline.Logging{Level: value(level), Format: value(format)},
	}.run(ctx, "rollback")
}

// stackCommand is a command of the deploy program, with its flags.
type stackCommand struct {
	Flags   any // a pointer to a struct of package commandline
	Session commandline.Session
	Logging commandline.Logging
}

func (c stackCommand) run(ctx context.Context, name string) error {
	if err := commandline.Check(c.Flags); err != nil {
		return err
	}
	if describe, ok := c.Flags.(*commandline.Describe); ok {
		describe.Out = describe.Page()
	}
	options := DeployOptions{Args: commandline.Arguments(&c.Logging)}
	options.Args = append(options.Args, commandline.Arguments(c.Flags)...)
	options.Args = append(options.Args, commandline.Arguments(&c.Session)...)
	if c.Logging != (commandline.Logging{}) {
		var err error
		if options.Build.Logger, err = newLogger(c.Logging); err != nil {
			return err
		}
	}
	return Deploy(ctx, name, options)
}

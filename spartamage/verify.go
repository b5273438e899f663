package spartamage

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/fingerprint"
	"github.com/go-sparta/sparta/internal/supply"
	"github.com/go-sparta/sparta/internal/workspace"
)

// Verify builds the last package again and compares the bytes.
//
// It uses the settings of cgo:build, and the Go version and the builder of the
// package's record. If the bytes are not the same, it says which files differ,
// and why that may be. With -deployed, it then compares the code of the deployed
// functions with the package.
func (CGO) Verify(
	ctx context.Context,
	deployed *bool, // compare the code of the deployed functions, too
	stack *string, // name of the stack (default: the service's)
	profile *string, // AWS profile (default: AWS_PROFILE)
	region *string, // AWS region (default: AWS_REGION, or the profile's)
	roleArn *string, // ARN of a role to assume
	mfaSerial *string, // serial number of the MFA device that the role requires
	level *string, // log level: debug, info, warn or error (default info)
	format *string, // log format: text, txt or json (default text)
) error {
	flags := commandline.LocalVerify{Verify: commandline.Verify{Stack: value(stack)}, Deployed: value(deployed)}
	logging := commandline.Logging{Level: value(level), Format: value(format)}
	log, err := newLogger(logging)
	if err != nil {
		return err
	}
	message, err := Verify(ctx, BuildOptions{Logger: log})
	if err != nil {
		return err
	}
	if _, err := fmt.Println(message); err != nil || !flags.Deployed {
		return err
	}
	return stackCommand{
		Flags: &flags.Verify,
		Session: commandline.Session{
			Profile:   value(profile),
			Region:    value(region),
			RoleARN:   value(roleArn),
			MFASerial: value(mfaSerial),
		},
		Logging: logging,
	}.run(ctx, "verify")
}

// Verify builds the last package of these options again from the sources that are here, with the Go version, the flags
// and the builder of its record, and compares the bytes. It returns a line for people; the error says what differs. The
// package stays as it is. Deploy with the command verify compares deployed functions with the package.
func Verify(ctx context.Context, opts BuildOptions) (string, error) {
	opts, err := opts.resolve()
	if err != nil {
		return "", err
	}
	message, err := newBuilder(opts).verify(ctx)
	if err != nil {
		return "", fmt.Errorf("verify: %w", err)
	}
	return message, nil
}

func (b *builder) verify(ctx context.Context) (string, error) {
	if err := b.list(ctx); err != nil {
		return "", err
	}
	last, path := &record{}, b.workspace.RecordOf(b.artifact.Zip, archive.Sum(b.artifact.Zip))
	if archive.Sum(b.artifact.Zip) == "" || !workspace.ReadRecord(path, last) || last.Provenance.Builder == nil {
		return "", fmt.Errorf("there is no record of %s: build it with cgo:build", b.shown(b.artifact.Zip))
	}
	opts := b.opts
	opts.Builder, opts.Vulncheck = "host", "false"
	if last.Container {
		opts.Builder, opts.Image = "docker", cmp.Or(last.Image, opts.Image)
	} else {
		defer supply.UseGo(last.Provenance.Go, b.env.GOVERSION)()
	}
	again := newBuilder(opts)
	again.output = workspace.Dir(filepath.Join(string(b.workspace), "verify"))
	if err := again.analyze(ctx); err != nil {
		return "", err
	}
	release, err := again.lock(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	if err := os.RemoveAll(string(again.output)); err != nil {
		return "", err
	}
	if _, err := again.finish(ctx); err != nil {
		return "", err
	}
	var sources fingerprint.Sources
	workspace.ReadRecord(workspace.SourcesOf(path), &sources)
	message, err := supply.Verification{
		Zip:      archive.Named{Path: last.Artifact.Zip, Name: b.shown(last.Artifact.Zip)},
		Again:    archive.Named{Path: again.artifact.Zip, Name: b.shown(again.artifact.Zip)},
		Checksum: last.Artifact.Checksum,
		Then:     last.Provenance,
		Now:      again.documents.Provenance,
		Changed:  sources.Changes(again.sources),
	}.Check()
	if err == nil {
		err = os.RemoveAll(string(again.output))
	}
	return message, err
}

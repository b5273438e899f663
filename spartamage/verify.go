package spartamage

import (
	"context"
	"fmt"

	"github.com/go-sparta/sparta/internal/builder"
	"github.com/go-sparta/sparta/internal/commandline"
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
	resolved, err := opts.resolve()
	if err != nil {
		return "", err
	}
	return builder.Verify(ctx, resolved)
}

//go:build !lambdabinary

package cgo

import (
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/provision"
)

// awsFlags are the flags of every command that talks to AWS.
type awsFlags struct {
	session provision.SessionOptions
	stack   string
}

func (f *awsFlags) register(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&f.stack, "stack", os.Getenv("SPARTA_STACK"), "name of the stack, SPARTA_STACK; without one it is the service's")
	flags.StringVar(&f.session.Profile, "profile", "", "AWS profile (default: AWS_PROFILE)")
	flags.StringVar(&f.session.Region, "region", "", "AWS region (default: AWS_REGION, or the profile's)")
	flags.StringVar(&f.session.RoleARN, "roleArn", "", "ARN of a role to assume")
	flags.StringVar(&f.session.MFASerial, "mfaSerial", "", "serial number of the MFA device that the role asks for")
}

// registerAdopt adds the flag of every command that changes a stack.
func registerAdopt(command *cobra.Command, stack *string) {
	command.Flags().StringVar(stack, "adopt", "", "the stack's name once more: change it although it is not this application's")
}

// isSet reports whether one of the environment variables says yes. A value that
// is no boolean counts as yes: NOOP=please must not deploy.
func isSet(variables ...string) bool {
	for _, variable := range variables {
		value := os.Getenv(variable)
		if value == "" {
			continue
		}
		if yes, err := strconv.ParseBool(value); err != nil || yes {
			return true
		}
	}
	return false
}

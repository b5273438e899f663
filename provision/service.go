// Package provision deploys a service: its package to S3, its functions and
// roles through a CloudFormation stack.
package provision

import (
	"context"
	"io"
	"net"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/terminal"
	"github.com/go-sparta/sparta/sparta"
)

// Service is what is deployed: the functions of one stack.
type Service struct {
	Name        string // names the stack unless Options.Stack does
	Application string // import path of the application's main package, by which its stacks are known; empty means the running program's
	Description string
	Functions   []*sparta.LambdaAWSInfo
	Hooks       *sparta.WorkflowHooks
}

// stackName is the name of a service's stack.
func stackName(service Service, options Options) string {
	if options.Stack != "" {
		return options.Stack
	}
	return service.Name
}

// Package is the zip that holds the functions' code.
type Package struct {
	Zip    string // absolute path
	SHA256 string // of the zip, in hex; part of its key in S3
	Size   int64  // bytes
	GOARCH string // amd64 or arm64
	Python string // Lambda's name of the runtime: python3.13
}

// Options says where and how a service is deployed. The zero value deploys to
// the stack of the service's name with the default credentials and region.
type Options struct {
	Session  SessionOptions
	Stack    string            // empty means the service's name
	S3Bucket string            // empty means the account's own bucket for packages, made if need be
	BuildID  string            // tags the stack; empty means the package's SHA-256, shortened
	Tags     map[string]string // of the stack and all its resources
	Params   map[string]string // values of the template's parameters
	NoOp     bool              // render and show, change nothing
	InPlace  bool              // update only the functions' code, if nothing else changes
	Adopt    string            // the stack's name once more, for one that is not this application's: it then is
	Yes      bool              // destroy data and addresses without being asked
	Wait     time.Duration     // for the stack to settle; 0 means 15 minutes
	JSON     bool              // outputs as JSON

	Workspace string         // folder for template.json and the summary; .sparta
	Stdout    io.Writer      // results
	Logger    *logrus.Logger // progress

	person *terminal.Prompt // who is asked; nil means whoever is at the process's terminal
}

// SessionOptions says which AWS account and region to use and how to get there.
// Empty fields mean the AWS SDK's default chain and environment.
type SessionOptions struct {
	Profile   string                                                               // AWS_PROFILE
	Region    string                                                               // AWS_REGION, AWS_DEFAULT_REGION
	RoleARN   string                                                               // a role to assume on top
	MFASerial string                                                               // its MFA device; the code is asked for on a terminal only
	Endpoints map[string]string                                                    // by service id (s3, cloudformation, lambda …), "" for all; beats AWS_ENDPOINT_URL_<SERVICE> and AWS_ENDPOINT_URL
	Dial      func(ctx context.Context, network, address string) (net.Conn, error) // how to connect; nil means over the network
}

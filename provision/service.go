// Package provision deploys a service: its package to S3, its functions and roles with a CloudFormation stack.
package provision

import (
	"cmp"
	"context"
	"io"
	"net"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/existing"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/provision/internal/terminal"
	"github.com/go-sparta/sparta/sparta"
)

// Service is what is deployed: the functions of one stack.
type Service struct {
	Name string // of the stack, too, unless Options.Stack is set
	// Application is the import path of the application's main package, which identifies its stacks. Empty means the
	// running program's.
	Application string
	Description string
	Functions   []*sparta.LambdaAWSInfo
	API         *sparta.API    // nil means none
	Site        *sparta.S3Site // nil means none
	Hooks       *sparta.WorkflowHooks
	PythonLayer bool // for Describe: whether the functions' Python packages are a layer
}

// stackName is the name of a service's stack.
func stackName(service Service, stack string) string {
	return cmp.Or(stack, service.Name)
}

// functionName is the name in AWS of a function in the service's stack.
func (s Service) functionName(stack, name string) string {
	return existing.Of(s.Hooks).FunctionName(stack, name, template.FunctionName(stack, name))
}

// functionNames are the names in AWS of the functions in the service's stack.
func (s Service) functionNames(stack string) []string {
	names := make([]string, len(s.Functions))
	for i, info := range s.Functions {
		names[i] = s.functionName(stack, info.Name())
	}
	return names
}

// Package is the zip that holds the functions' code.
type Package struct {
	Zip    string // absolute path
	SHA256 string // of the zip, in hex; part of its key in S3; empty means that the file is read
	Size   int64  // bytes
	GOARCH string // amd64 or arm64
	Python string // Lambda's name of the runtime: python3.13

	// Layer is the absolute path of a zip with Python packages, a layer for all functions; empty means none.
	Layer       string
	layerSHA256 string // of that zip, in hex
}

// Options says where and how a service is deployed. The zero value deploys to the stack of the service's name, with the
// default credentials and region.
type Options struct {
	commandline.Provision
	Session SessionOptions

	HandOver  bool           // for a pipeline: with NoOp, bucket and key of the package are parameters
	Workspace string         // folder for template.json and summary.json; empty means .sparta
	Stdout    io.Writer      // results
	Logger    *logrus.Logger // progress

	prompt *terminal.Prompt // where consent is asked for; nil means the process's terminal
}

// SessionOptions says which AWS account and region to use and how to get there. Empty fields mean the AWS SDK's
// default chain and environment.
type SessionOptions struct {
	commandline.Session

	// Endpoints holds URLs by service id (s3, cloudformation, lambda …), "" for all. They take precedence over
	// AWS_ENDPOINT_URL_<SERVICE> and AWS_ENDPOINT_URL.
	Endpoints map[string]string

	// Dial connects to a host. Nil means over the network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

func (o SessionOptions) connection() connection.Options {
	return connection.Options{
		Profile:   o.Profile,
		Region:    o.Region,
		RoleARN:   o.RoleARN,
		MFASerial: o.MFASerial,
		Endpoints: o.Endpoints,
		Dial:      o.Dial,
	}
}

//go:build !lambdabinary

package cgo

import (
	"bytes"
	"context"
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

var (
	FailedSession = failedSession
	WithLogLevel  = withLogLevel
)

// Run is MainEx without the process around it: stderr has the report of an error.
func Run(
	ctx context.Context,
	functions []*sparta.LambdaAWSInfo,
	hooks *sparta.WorkflowHooks,
	stdin string,
	args ...string,
) (stdout, stderr string, err error) {
	var out, diagnostics bytes.Buffer
	hello := service{name: "Hello", description: "Says hello", functions: functions, hooks: hooks}
	err = hello.run(ctx, args, streams{in: strings.NewReader(stdin), out: &out, err: &diagnostics})
	if err != nil {
		report(&diagnostics, err)
	}
	return out.String(), diagnostics.String(), err
}

//go:build !lambdabinary

package cgo

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/go-sparta/sparta/internal/builder"
	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// Main is MainEx without workflow hooks.
func Main(
	serviceName, serviceDescription string,
	lambdaAWSInfos []*sparta.LambdaAWSInfo,
	api *sparta.API,
	site *sparta.S3Site,
) error {
	return MainEx(serviceName, serviceDescription, lambdaAWSInfos, api, site, nil)
}

// MainEx runs the service's command line on the program's arguments. In the
// library it serves the functions and does not return.
//
// A command that fails ends the process: MainEx writes the error to stderr and
// exits with code 1, without running the caller's deferred functions. Sparta's
// applications ignore the result, so returning it would make a failed
// deployment look like success to every script and CI job. Only in the library
// does an invalid service make it return an error.
//
// While a command runs, os.Stdout is stderr: what the application prints does
// not mix with the command's result.
func MainEx(
	serviceName, serviceDescription string,
	lambdaAWSInfos []*sparta.LambdaAWSInfo,
	api *sparta.API,
	site *sparta.S3Site,
	workflowHooks *sparta.WorkflowHooks,
) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	stdout := os.Stdout
	os.Stdout = os.Stderr
	defer func() { os.Stdout = stdout }()

	deployment, err := takeDeployment()
	if err != nil {
		report(os.Stderr, err)
		os.Exit(1)
	}
	if deployment.Application != "" {
		ctx = builder.Warned(ctx)
	}
	application := service{
		deployment:  deployment,
		name:        serviceName,
		description: serviceDescription,
		functions:   sparta.WithCustomResources(lambdaAWSInfos),
		api:         api,
		site:        site,
		hooks:       workflowHooks,
	}
	if err := application.run(ctx, os.Args[1:], streams{in: os.Stdin, out: stdout, err: os.Stderr}); err != nil {
		report(os.Stderr, err)
		os.Exit(1)
	}
	if err := deployment.Confirm(); err != nil {
		report(os.Stderr, err)
		os.Exit(1)
	}
	return nil
}

// takeDeployment reads what spartamage.Deploy passes to the process and removes it
// from the environment: it may hold the values of the functions' variables, and no
// hook, build or other child process needs it.
func takeDeployment() (spartamage.Deployment, error) {
	deployment, err := spartamage.ReadDeployment()
	if unset := programs.LongVariable(spartamage.DeployVariable).Unset(); err == nil {
		err = unset
	}
	return deployment, err
}

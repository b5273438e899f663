//go:build mage

// Durable is a magefile whose targets test and deploy a durable function.
package main

import (
	"context"
	"os"

	"github.com/magefile/mage/sh"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// Default is the target that `mage` runs without arguments.
var Default = Test

func options() spartamage.BuildOptions {
	return spartamage.BuildOptions{
		Python:            "python3.13", // the oldest that has durable functions
		PythonDir:         "python",
		Requirements:      "requirements.txt",
		RequirementsLayer: true, // the SDK requires boto3, whose 30 MB would be uploaded with each change
	}
}

// Test runs the Python tests with the library, in AWS's local runner.
func Test(ctx context.Context) error {
	const packages = ".sparta/testing"
	err := sh.Run("python3", "-m", "pip", "install", "--quiet", "--upgrade", "--target="+packages,
		"--requirement=requirements-test.txt")
	if err != nil {
		return err
	}
	build := options()
	build.Requirements = "" // the tests have packages for this machine's Python
	artifact, err := spartamage.Build(ctx, build)
	if err != nil {
		return err
	}
	variables := map[string]string{
		"PYTHONPATH":         artifact.Stage + string(os.PathListSeparator) + packages,
		"AWS_DEFAULT_REGION": "us-east-1",
	}
	return sh.RunWith(variables, "python3", "-m", "unittest", "--verbose", "app_test")
}

// Deploy creates or updates the stack. With -noop, it writes the template and needs no AWS account.
func Deploy(ctx context.Context, noop *bool) error {
	return spartamage.Provision(ctx, spartamage.ProvisionOptions{
		Build: options(),
		Service: spartamage.Service{Options: sparta.LambdaFunctionOptions{
			Handler:       "app.handle",
			Timeout:       30,
			DurableConfig: &sparta.LambdaFunctionDurableConfig{ExecutionTimeout: 3600},
		}},
		NoOp: noop != nil && *noop,
	})
}

//go:build mage

// Pip is a magefile whose targets pack Python code and packages from PyPI with the library.
package main

import (
	"context"
	"fmt"

	"github.com/magefile/mage/sh"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// Default is the target that `mage` runs without arguments.
var Default = Build

const handler = "app.handle"

func options() spartamage.BuildOptions {
	return spartamage.BuildOptions{
		Python: "python3.13",
		// Their content goes into the root of the zip, where Python finds it.
		PythonDir:    "python",
		Requirements: "requirements.txt",
	}
}

// Build builds the zip and prints its path.
func Build(ctx context.Context) error {
	artifact, err := spartamage.Build(ctx, options())
	if err != nil {
		return err
	}
	fmt.Println(artifact.Zip)
	return nil
}

// Try runs the handler locally.
func Try(ctx context.Context) error {
	return spartamage.Invoke(ctx, spartamage.InvokeOptions{
		Build:    options(),
		Function: handler,
		Event:    "{\"query\":\"[?count > `1`]\",\"orders\":[{\"item\":\"tea\",\"price\":\"1.10\",\"count\":3}]}",
	})
}

// Test runs the Python tests with the library.
func Test(ctx context.Context) error {
	artifact, err := spartamage.Build(ctx, options())
	if err != nil {
		return err
	}
	variables := map[string]string{"PYTHONPATH": artifact.Stage}
	return sh.RunWith(variables, "python3", "-m", "unittest", "--verbose", "app_test")
}

// Deploy creates or updates the stack. With -noop, it writes the template and needs no AWS account.
func Deploy(ctx context.Context, noop *bool) error {
	return spartamage.Provision(ctx, spartamage.ProvisionOptions{
		Build:   options(),
		Service: spartamage.Service{Options: sparta.LambdaFunctionOptions{Handler: handler}},
		NoOp:    noop != nil && *noop,
	})
}

//go:build mage

// Pip is a magefile whose targets install packages from PyPI and pack them with the library.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"github.com/magefile/mage/mg"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// Default is the target that `mage` runs without arguments.
var Default = Build

const handler = "app.handle"

func options() spartamage.BuildOptions {
	return spartamage.BuildOptions{
		Python: "python3.13",
		// The content of the folder .packages goes into the root of the zip, where Python finds it.
		Include: []string{"app.py", ".packages=."},
	}
}

// Packages installs what requirements.txt lists for Lambda's system and Python, whatever this machine has.
func Packages(ctx context.Context) error {
	if err := os.RemoveAll(".packages"); err != nil {
		return err
	}
	return run(ctx, nil, "python3", "-m", "pip", "install", "--quiet", "--no-compile", "--target=.packages",
		"--platform=manylinux2014_x86_64", "--implementation=cp", "--python-version=3.13", "--only-binary=:all:",
		"--requirement=requirements.txt")
}

// Build builds the zip and prints its path.
func Build(ctx context.Context) error {
	mg.CtxDeps(ctx, Packages)
	artifact, err := spartamage.Build(ctx, options())
	if err != nil {
		return err
	}
	fmt.Println(artifact.Zip)
	return nil
}

// Try runs the handler locally.
func Try(ctx context.Context) error {
	mg.CtxDeps(ctx, Packages)
	return spartamage.Invoke(ctx, spartamage.InvokeOptions{
		Build:    options(),
		Function: handler,
		Event:    "{\"query\":\"[?count > `1`]\",\"orders\":[{\"item\":\"tea\",\"price\":\"1.10\",\"count\":3}]}",
	})
}

// Test runs the Python tests with the library.
func Test(ctx context.Context) error {
	mg.CtxDeps(ctx, Packages)
	artifact, err := spartamage.Build(ctx, options())
	if err != nil {
		return err
	}
	return run(ctx, []string{"PYTHONPATH=" + artifact.Stage}, "python3", "-m", "unittest", "--verbose", "app_test")
}

// Deploy creates or updates the stack. With -noop, it writes the template and needs no AWS account.
func Deploy(ctx context.Context, noop *bool) error {
	mg.CtxDeps(ctx, Packages)
	return spartamage.Provision(ctx, spartamage.ProvisionOptions{
		Build:   options(),
		Service: spartamage.Service{Options: sparta.LambdaFunctionOptions{Handler: handler}},
		NoOp:    noop != nil && *noop,
	})
}

func run(ctx context.Context, variables []string, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), variables...)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}

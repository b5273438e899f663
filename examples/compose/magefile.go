//go:build mage

// Compose is a magefile whose own targets call functions of spartamage.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"github.com/magefile/mage/mg"

	"github.com/go-sparta/sparta/spartamage"
)

// Default is the target that `mage` runs without arguments.
var Default = Package

// options configures the build; SPARTA_* variables take precedence.
func options() spartamage.BuildOptions {
	return spartamage.BuildOptions{
		Name:    "shout",
		Python:  "python3.12",
		LDFlags: "-X main.version=1.0.0",
		Include: []string{"README.md=docs/README.md"},
	}
}

// Vet checks the sources before anything is built.
func Vet(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "vet", ".")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}

// Package vets and builds, and prints the zip's checksum and path.
func Package(ctx context.Context) error {
	mg.CtxDeps(ctx, Vet) // before the build
	artifact, err := spartamage.Build(ctx, options())
	if err != nil {
		return err
	}
	// after the build: a pipeline can deploy the zip now
	fmt.Printf("%s %s\n", artifact.Checksum[:12], artifact.Zip)
	return nil
}

// Try runs the function locally.
func Try(ctx context.Context) error {
	return spartamage.Invoke(ctx, spartamage.InvokeOptions{Build: options(), Event: `"hello"`})
}

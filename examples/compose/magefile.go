//go:build mage

// Compose shows a magefile that has targets of its own and calls spartamage's
// functions from them.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"github.com/magefile/mage/mg"

	"github.com/go-sparta/sparta/spartamage"
)

// Default is what `mage` alone runs.
var Default = Package

// options is the build's configuration; SPARTA_* variables still win.
func options() spartamage.BuildOptions {
	return spartamage.BuildOptions{
		Name:    "shout",
		Python:  "python3.12",
		LDFlags: "-X main.version=1.0.0",
		Include: []string{"README.md=docs/README.md"},
	}
}

// Vet looks for mistakes before anything is built.
func Vet(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "vet", ".")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}

// Package vets, builds and says what came of it.
func Package(ctx context.Context) error {
	mg.CtxDeps(ctx, Vet) // before the build
	artifact, err := spartamage.Build(ctx, options())
	if err != nil {
		return err
	}
	// after the build: the zip is there, for a pipeline to deploy
	fmt.Printf("%s %s\n", artifact.SHA256[:12], artifact.Zip)
	return nil
}

// Try runs the function locally.
func Try(ctx context.Context) error {
	return spartamage.Invoke(ctx, spartamage.InvokeOptions{Build: options(), Event: `"hello"`})
}

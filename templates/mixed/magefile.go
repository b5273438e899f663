//go:build mage

package main

import (
	"context"
	"os"
	"os/exec"

	//mage:import
	"github.com/go-sparta/sparta/spartamage"
)

// All targets pack the Python code beside the library. For packages from PyPI, write a requirements.txt, and set
// SPARTA_REQUIREMENTS to its name.
func init() {
	os.Setenv("SPARTA_PYTHON_DIR", "python")
}

// Test runs the Python tests with the library.
func Test(ctx context.Context) error {
	artifact, err := spartamage.Build(ctx, spartamage.BuildOptions{})
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "python3", "-m", "unittest", "--verbose", "app_test")
	cmd.Env = append(os.Environ(), "PYTHONPATH="+artifact.Stage)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}

package main

import (
	"context"

	"github.com/go-sparta/sparta/spartamage"
)

// deploy returns the function that passes a command's flags to the deploy program.
func deploy(name string) func(context.Context, []string) error {
	return func(ctx context.Context, args []string) error {
		return spartamage.Deploy(ctx, name, spartamage.DeployOptions{Args: args})
	}
}

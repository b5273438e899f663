package main

import (
	"context"

	"github.com/go-sparta/sparta/spartamage"
)

// deploy hands a command and its flags to the deploy program, which knows them.
func deploy(name string) func(context.Context, []string) error {
	return func(ctx context.Context, args []string) error {
		return spartamage.Deploy(ctx, name, spartamage.DeployOptions{Args: args})
	}
}

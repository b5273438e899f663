package main

import (
	"context"

	"github.com/go-sparta/sparta/spartamage"
)

// deploy returns a command that the deploy program runs, which accepts the flags of the target with this name.
func deploy(name string) func(context.Context, []string) error {
	return func(ctx context.Context, args []string) error {
		return spartamage.Deploy(ctx, name, spartamage.DeployOptions{Args: args})
	}
}

// describe writes the page, as its target does, unless flags ask for another form.
func describe(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return spartamage.CGO{}.Describe(ctx, nil)
	}
	return deploy("describe")(ctx, args)
}

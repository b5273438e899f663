//go:build mage

package main

import (
	"context"
	"os"

	//mage:import
	"github.com/go-sparta/sparta/spartamage"

	"github.com/go-sparta/sparta/sparta"
)

// Deploy deploys the function, and lets the distribution with the ID in DISTRIBUTION run it for images.
func Deploy(ctx context.Context, noop *bool) error {
	distribution := os.Getenv("DISTRIBUTION")
	options := spartamage.ProvisionOptions{
		Service: spartamage.Service{
			Name: "SpartaRoute",
			Options: sparta.LambdaFunctionOptions{
				Edge: true,
				EdgeAssociations: []sparta.EdgeAssociation{{
					EventType: "origin-request", Distribution: distribution, PathPattern: "/images/*",
				}},
			},
		},
	}
	options.NoOp = noop != nil && *noop
	return spartamage.Provision(ctx, options)
}

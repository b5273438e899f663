package main

import (
	"context"
	"regexp"

	"github.com/go-sparta/sparta/spartamage"
)

// deploy returns a command that the deploy program runs, with the flags of the target that has its name.
func deploy(name string) func(context.Context, []string) error {
	return func(ctx context.Context, args []string) error {
		return spartamage.Deploy(ctx, name, spartamage.DeployOptions{Args: programFlags(args)})
	}
}

// describe writes the page, as its target does, unless flags ask for another form.
func describe(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return spartamage.CGO{}.Describe(ctx, nil)
	}
	return deploy("describe")(ctx, args)
}

// targetFlag is a flag as targets have it: of more than one letter, with one dash.
var targetFlag = regexp.MustCompile(`^-[A-Za-z][A-Za-z0-9]+(=|$)`)

// programFlags returns the arguments of a target as those of the deploy program, whose flags have two dashes.
func programFlags(args []string) []string {
	flags := make([]string, 0, len(args))
	for _, arg := range args {
		if targetFlag.MatchString(arg) {
			arg = "-" + arg
		}
		if arg == "--plaintext" || arg == "--plaintext=true" {
			arg = "--redact=false"
		}
		flags = append(flags, arg)
	}
	return flags
}

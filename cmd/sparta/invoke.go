package main

import (
	"context"
	"flag"
	"strings"

	"github.com/go-sparta/sparta/spartamage"
)

// invoke builds the application and runs one of its functions.
func invoke(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("invoke", flag.ContinueOnError)
	buildFlags(flags)
	var options spartamage.InvokeOptions
	flags.StringVar(&options.Function, "function", "", "`name` of the function (default: the only one)")
	flags.StringVar(&options.Event, "event", "", "`event`: JSON, @file or - for standard input (default {})")
	flags.DurationVar(&options.Timeout, "timeout", 0, "`time` after which to give up (default 30s, with -remote never)")
	flags.Func("env", "`variables` of the function, for a local run: NAME=value,NAME,@file", func(list string) error {
		options.Env = append(options.Env, strings.Split(list, ",")...)
		return nil
	})
	flags.BoolVar(&options.Remote, "remote", false, "run the deployed function, in AWS")
	flags.StringVar(&options.Stack, "stack", "", "`name` of the stack, with -remote (default: the service's)")
	if err := parse(flags, args); err != nil {
		return err
	}
	return spartamage.Invoke(ctx, options)
}

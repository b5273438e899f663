package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/spartamage"
)

// build compiles and packs the application, and prints the zip's path.
func build(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	buildFlags(flags)
	if err := parse(flags, args); err != nil {
		return err
	}
	artifact, err := spartamage.Build(ctx, spartamage.BuildOptions{})
	if err != nil {
		return err
	}
	_, err = fmt.Println(fromHere(artifact.Zip))
	return err
}

// buildFlags adds the settings of a build. Each flag sets the variable that it names.
func buildFlags(flags *flag.FlagSet) {
	for _, setting := range []struct{ flag, variable, usage string }{
		{"package", "SPARTA_PACKAGE", "main `package`, for example ./cmd/x (default .)"},
		{"name", "SPARTA_NAME", "`name` of the library and the zip (default the package's)"},
		{"builder", "SPARTA_BUILDER", "`builder`: auto, docker or host (default auto)"},
		{"goarch", "SPARTA_GOARCH", "`architecture`: amd64 or arm64 (default amd64)"},
		{"python", "SPARTA_PYTHON", "`runtime` in Lambda (default python3.13)"},
		{"tags", "SPARTA_BUILD_TAGS", "comma-separated build `tags`"},
		{"ldflags", "SPARTA_LDFLAGS", "linker `flags`, in addition to -s -w"},
		{"include", "SPARTA_INCLUDE", "comma-separated `files` to pack: data,conf/prod.json=conf.json"},
		{"level", "SPARTA_LOG_LEVEL", "`level` of the log: debug, info, warn or error (default info)"},
	} {
		flags.Func(setting.flag, setting.usage+"; "+setting.variable, func(value string) error {
			return os.Setenv(setting.variable, value)
		})
	}
}

// fromHere returns a path as a user would type it.
func fromHere(path string) string {
	if here, err := os.Getwd(); err == nil {
		if relative, err := filepath.Rel(here, path); err == nil && !strings.HasPrefix(relative, "..") {
			return relative
		}
	}
	return path
}

func clean(ctx context.Context, args []string) error {
	if err := parse(flag.NewFlagSet("clean", flag.ContinueOnError), args); err != nil {
		return err
	}
	return spartamage.CGO{}.Clean(ctx)
}

func doctor(ctx context.Context, args []string) error {
	if err := parse(flag.NewFlagSet("doctor", flag.ContinueOnError), args); err != nil {
		return err
	}
	return spartamage.Doctor(ctx, spartamage.DoctorOptions{})
}

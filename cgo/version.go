//go:build !lambdabinary

package cgo

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

const modulePath = "github.com/go-sparta/sparta"

// unreleased is how Go itself calls what has no version.
const unreleased = "(devel)"

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Show the version of Sparta that the service is built with",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			version := unreleased
			if info, ok := debug.ReadBuildInfo(); ok {
				version = moduleVersion(info)
			}
			_, err := fmt.Fprintln(command.OutOrStdout(), version)
			return err
		},
	}
}

// moduleVersion finds Sparta's version in a program's build information. A
// directory that replaces the module has none.
func moduleVersion(info *debug.BuildInfo) string {
	if info.Main.Path == modulePath {
		return cmp.Or(info.Main.Version, unreleased)
	}
	for _, module := range info.Deps {
		if module.Path != modulePath {
			continue
		}
		if module.Replace != nil {
			module = module.Replace
		}
		return cmp.Or(module.Version, unreleased)
	}
	return unreleased
}

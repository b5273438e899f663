//go:build !lambdabinary

package cgo

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/moduleversion"
)

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Show the version of Sparta that the service is built with",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(command.OutOrStdout(), moduleversion.Current())
			return err
		},
	}
}

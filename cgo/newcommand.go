//go:build !lambdabinary

package cgo

import (
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/cobraflags"
)

// newCommand returns a command that accepts no arguments. The options are a pointer to a struct with its flags.
func newCommand(usage, summary string, options any, run func(*cobra.Command, []string) error) *cobra.Command {
	command := &cobra.Command{Use: usage, Short: summary, Args: cobra.NoArgs, RunE: run}
	cobraflags.Register(command.Flags(), options)
	return command
}

package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/moduleversion"
	"github.com/go-sparta/sparta/internal/port"
)

// portCommand returns the command that changes an application of the original Sparta.
func portCommand() *cobra.Command {
	var write bool
	var replace string
	command := &cobra.Command{
		Use:   "port [-w] [folders]",
		Short: "Change an application of the original Sparta so that it uses this module",
		Long: "Port changes an application of github.com/mweagle/Sparta (0.11 to 1.15) so that it uses this module:\n" +
			"imports, cgo.Main, the parameters of hooks, and go.mod. It writes the changes as a diff; with -w it\n" +
			"writes them to the files. What it leaves to you is listed with file and line on standard error.\n\n" +
			"Folders are . and ./...; without any, port reads ./... .",
		RunE: func(command *cobra.Command, folders []string) error {
			if len(folders) == 0 {
				folders = []string{"./..."}
			}
			here, err := os.Getwd()
			if err != nil {
				return err
			}
			return runPort(command, port.Options{
				Dir: here, Patterns: folders, Version: requiredVersion(), Replace: replace,
			}, write)
		},
	}
	command.Flags().BoolVarP(&write, "write", "w", false, "write the changes to the files instead of a diff")
	command.Flags().StringVar(&replace, "replace", "",
		"folder of a clone of this module, which go.mod then names in replace lines")
	return command
}

func runPort(command *cobra.Command, options port.Options, write bool) error {
	result, err := port.Run(command.Context(), options)
	if errors.Is(err, port.ErrNothing) {
		return fmt.Errorf("%w: name the application's folders, or leave it as it is", err)
	}
	if err != nil {
		return err
	}
	notes := command.ErrOrStderr()
	if write {
		if err := result.Write(options.Dir); err != nil {
			return err
		}
		for _, change := range result.Changes {
			fmt.Fprintln(command.OutOrStdout(), change.Path)
		}
	} else if _, err := command.OutOrStdout().Write(result.Diff()); err != nil {
		return err
	}
	for _, remark := range result.Left {
		fmt.Fprintln(notes, remark)
	}
	if write {
		fmt.Fprintf(notes, "%d files changed, %d places left. Next: go mod tidy && go vet ./...\n",
			len(result.Changes), len(result.Left))
	} else {
		fmt.Fprintf(notes, "%d files would change, %d places are left: write the changes with -w\n",
			len(result.Changes), len(result.Left))
	}
	return nil
}

// requiredVersion returns the version of this module that a ported go.mod requires.
func requiredVersion() string {
	if version := moduleversion.Current(); version != moduleversion.Unreleased {
		return version
	}
	return "v0.0.0"
}

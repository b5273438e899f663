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
		line := remark.Line
		if write {
			line = remark.NewLine
		}
		fmt.Fprintln(notes, remark.At(line))
	}
	fmt.Fprintln(notes, summary(len(result.Changes), len(result.Left), write))
	return nil
}

// summary says what has been done, and what comes next.
func summary(changes, left int, write bool) string {
	switch {
	case !write:
		return fmt.Sprintf("files that would change: %d, places left to you: %d; write the changes with -w",
			changes, left)
	case left > 0:
		return fmt.Sprintf("files changed: %d, places left to you: %d; change these, then run "+
			"`go mod tidy` and `go vet ./...`", changes, left)
	}
	return fmt.Sprintf("files changed: %d; run `go mod tidy` and `go vet ./...`", changes)
}

// requiredVersion returns the version of this module that a ported go.mod requires.
func requiredVersion() string {
	if version := moduleversion.Current(); version != moduleversion.Unreleased {
		return version
	}
	return "v0.0.0"
}

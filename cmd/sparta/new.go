package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/scaffold"
)

func newApplicationCommand() *cobra.Command {
	var flags commandline.New
	var clone string
	command := &cobra.Command{
		Use:   "new [NAME]",
		Short: "Make a folder with a new application",
		Long:  newHelp(),
		RunE: func(command *cobra.Command, args []string) error {
			source, err := sourceOf(clone)
			if err != nil {
				return err
			}
			options := scaffold.Options{Dir: ".", Template: flags.Template, Module: flags.Module, Source: source}
			if len(args) > 0 {
				options.Name = args[0]
			}
			return scaffold.Run(command.Context(), options, command.InOrStdin(), command.OutOrStdout(),
				command.ErrOrStderr())
		},
	}
	cobraflags.Register(command.Flags(), &flags)
	cobraflags.Complete(command, "template", scaffold.Names()...)
	addClone(command, &clone)
	return command
}

func initCommand() *cobra.Command {
	var clone string
	command := &cobra.Command{
		Use:   "init",
		Short: "Add a magefile to the application in this folder",
		Long: "Init adds the folder magefiles, with a magefile and a module of its own, to the application in this\n" +
			"folder. Nothing else is changed, and nothing is overwritten.",
		RunE: func(command *cobra.Command, _ []string) error {
			source, err := sourceOf(clone)
			if err != nil {
				return err
			}
			result, err := scaffold.Init(command.Context(), ".", source)
			if err != nil {
				return err
			}
			return result.Write(command.OutOrStdout())
		},
	}
	addClone(command, &clone)
	return command
}

func newHelp() string {
	text := "New makes a folder with a new application: a program, its test with a sample event, a magefile, and a\n" +
		"workflow that deploys it. On a terminal it asks for what is not given. Nothing is overwritten.\n\n" +
		"Templates:\n"
	for _, template := range scaffold.Templates() {
		text += "  " + template.Name + strings.Repeat(" ", 10-len(template.Name)) + template.Summary + "\n"
	}
	return strings.TrimSpace(text)
}

func addClone(command *cobra.Command, clone *string) {
	command.Flags().StringVar(clone, "replace", "",
		"folder of a clone of this module, which go.mod then names in a replace line")
}

// sourceOf returns where a new module finds this one: in the clone that a flag names, or where this program is from.
func sourceOf(clone string) (scaffold.Source, error) {
	if clone == "" {
		version, folder := programs.Module()
		return scaffold.Source{Version: version, Folder: folder}, nil
	}
	folder, err := filepath.Abs(clone)
	if err != nil {
		return scaffold.Source{}, err
	}
	mod, err := os.ReadFile(filepath.Join(folder, "go.mod"))
	if err == nil && !strings.HasPrefix(string(mod), "module "+gosource.ModulePath+"\n") {
		err = errors.New("its go.mod is that of another module")
	}
	if err != nil {
		return scaffold.Source{}, fmt.Errorf("--replace must be a clone of %s: %w", gosource.ModulePath, err)
	}
	return scaffold.Source{Version: "v0.0.0", Folder: folder}, nil
}

// The build sets sparta_nocommands for the libraries of applications that do not use CommandLineOptions or
// ParseOptions: package cobra makes a library larger and its start slower.

//go:build !lambdabinary || !sparta_nocommands

package sparta

import "github.com/spf13/cobra"

// CommandLineOptions are the commands of the application's command line. An application adds flags to them, and
// commands of its own to Root, before it calls ParseOptions or cgo.Main:
//
//	sparta.CommandLineOptions.Provision.Flags().StringVar(&table, "table", "", "name of the table")
//	sparta.CommandLineOptions.Root.AddCommand(&cobra.Command{Use: "seed", RunE: seed})
//
// PreRunE and PostRunE of a command are called before and after what it does. The command profile does not exist here:
// flags added to it are ignored. In Lambda there is no command line, and flags have their defaults.
var CommandLineOptions = newCommandLine()

type commandLine struct {
	Root      *cobra.Command
	Version   *cobra.Command
	Provision *cobra.Command
	Delete    *cobra.Command
	Execute   *cobra.Command
	Describe  *cobra.Command
	Explore   *cobra.Command
	Profile   *cobra.Command
	Status    *cobra.Command
}

// CommandLineOptionsHook checks the flags of a command that is about to run.
type CommandLineOptionsHook func(command *cobra.Command) error

func newCommandLine() commandLine {
	return commandLine{
		Root:      &cobra.Command{Use: "service"},
		Version:   &cobra.Command{Use: "version"},
		Provision: &cobra.Command{Use: "provision"},
		Delete:    &cobra.Command{Use: "delete"},
		Execute:   &cobra.Command{Use: "execute"},
		Describe:  &cobra.Command{Use: "describe"},
		Explore:   &cobra.Command{Use: "explore"},
		Profile:   &cobra.Command{Use: "profile"},
		Status:    &cobra.Command{Use: "status"},
	}
}

//go:build !lambdabinary

package cgo

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/go-sparta/sparta"
	"github.com/spf13/cobra"
)

func (s service) describeCommand() *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use:   "describe",
		Short: "Describe the service",
		Long:  "Describe the service. The values of environment variables are not shown.",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			description, err := s.describe()
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(command.OutOrStdout(), description)
			}
			return writeTable(command.OutOrStdout(), description)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return command
}

func (s service) describe() (*sparta.ServiceDescription, error) {
	return sparta.NewServiceDescription(s.name, s.description, s.functions, s.hooks)
}

func writeJSON(out io.Writer, description *sparta.ServiceDescription) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(description); err != nil {
		return fmt.Errorf("write description: %w", err)
	}
	return nil
}

func writeTable(out io.Writer, description *sparta.ServiceDescription) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, strings.TrimSuffix(description.Name+": "+description.Description, ": "))
	fmt.Fprintln(table)
	fmt.Fprintln(table, "FUNCTION\tHANDLER\tMEMORY\tTIMEOUT\tROLE\tDESCRIPTION")
	for _, f := range description.Functions {
		fmt.Fprintf(table, "%s\t%s\t%d MB\t%d s\t%s\t%s\n",
			f.Name, f.Handler, f.MemorySize, f.Timeout, cmp.Or(f.RoleName, "(its own)"), cmp.Or(f.Description, "-"))
	}
	if len(description.Hooks) > 0 {
		fmt.Fprintf(table, "\nWorkflow hooks: %s\n", strings.Join(description.Hooks, ", "))
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("write description: %w", err)
	}
	return nil
}

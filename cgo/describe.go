//go:build !lambdabinary

package cgo

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/templates"
)

func (s service) describeCommand() *cobra.Command {
	var options commandline.Describe
	run := func(command *cobra.Command, _ []string) error {
		description, err := s.describe()
		if err != nil {
			return err
		}
		switch {
		case options.Out != "":
			return s.writePage(options.Out, command.OutOrStdout())
		case options.JSON:
			return writeJSON(command.OutOrStdout(), description)
		}
		return writeTable(command.OutOrStdout(), description)
	}
	command := newCommand("describe", "Describe the service", &options, run)
	command.Long = "Describe the service: as a table, as JSON, or with --out as a page of HTML that shows\n" +
		"functions, roles and triggers. The values of environment variables are not shown.\n" +
		"No AWS account is needed."
	command.MarkFlagsMutuallyExclusive("json", "out")
	return command
}

// writePage writes the page to a file, whose path is the command's result.
func (s service) writePage(file string, out io.Writer) error {
	deployed := s.deployed()
	var err error
	if deployed.PythonLayer, err = s.deployment.HasLayer(); err != nil {
		return err
	}
	var page bytes.Buffer
	if err := provision.Describe(deployed, &page); err != nil {
		return err
	}
	if err := checkReplaceable(file); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	if err := os.WriteFile(file, page.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	_, err = fmt.Fprintln(out, file)
	return err
}

// checkReplaceable returns an error unless a page may replace the file: an earlier page, or one without content.
func checkReplaceable(path string) error {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() || os.IsPathSeparator(path[len(path)-1]) {
		return fmt.Errorf("%s is a folder: name a file, for example %s", path, filepath.Join(path, "describe.html"))
	}
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return nil // writing reports a path that is invalid, and a pipe has no content to lose
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	head, err := io.ReadAll(io.LimitReader(file, 4096))
	if err != nil {
		return err
	}
	if !templates.IsDescription(head) {
		return fmt.Errorf("%s exists and is not a page that describe wrote: "+
			"name another file with -out, or remove this one", path)
	}
	return nil
}

func (s service) describe() (*sparta.ServiceDescription, error) {
	if err := provision.CheckFront(s.deployed()); err != nil {
		return nil, err
	}
	description, err := sparta.NewServiceDescription(s.name, s.description, s.functions, s.hooks)
	if err == nil {
		description.API, description.Site = s.api, s.site
	}
	return description, err
}

func writeJSON(out io.Writer, description *sparta.ServiceDescription) error {
	if err := plainjson.Write(out, description); err != nil {
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
	writeRoutes(table, description)
	if site := description.Site; site != nil {
		fmt.Fprintf(table, "\nSite of the files in %s\n", site.Dir)
	}
	if len(description.Hooks) > 0 {
		fmt.Fprintf(table, "\nWorkflow hooks: %s\n", strings.Join(description.Hooks, ", "))
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("write description: %w", err)
	}
	return nil
}

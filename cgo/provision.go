//go:build !lambdabinary

package cgo

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/cobraflags"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
)

// provisionOptions are the options of a deployment and of its build.
type provisionOptions struct {
	provision.Options
	commandline.Packaging
}

func (s service) provisionCommand(logger *logrus.Logger) *cobra.Command {
	options := provisionOptions{Options: provision.Options{Logger: logger}}
	command := &cobra.Command{
		Use:   "provision",
		Short: "Build the package and create or update the stack",
		Long: "Build the package and create or update the stack, through a change set that is shown first.\n" +
			"With --level, the functions log at that level, too, unless their environment has SPARTA_LOG_LEVEL.\n" +
			"Without --s3Bucket the package goes to the account's own bucket, which is created if needed.\n" +
			"With --noop nothing is changed, and no credentials are needed: template.json and the zip are in .sparta.",
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Stdout = command.OutOrStdout()
			if command.Flags().Changed("level") { // the variable is for commands on this machine
				s.functions = withLogLevel(s.functions, logger.Level)
			}
			return s.provision(command.Context(), options)
		},
	}
	cobraflags.Register(command.Flags(), &options)
	return command
}

// provision builds the package and deploys it, with the application's workflow
// hooks around both.
func (s service) provision(ctx context.Context, options provisionOptions) error {
	if err := sparta.Validate(s.name, s.functions); err != nil {
		return err
	}
	if err := provision.CheckFront(s.deployed()); err != nil {
		return err
	}
	if err := setBuildEnvironment(options.Packaging); err != nil {
		return err
	}
	var err error
	if options.Params, err = s.parameters(options.Params); err != nil {
		return err
	}
	options.HandOver = options.Pipeline != ""
	options.NoOp = options.NoOp || options.HandOver
	s.hooks = withContext(s.hooks)
	deployed, err := s.withApplication(ctx)
	if err != nil {
		return err
	}
	if err := provision.CheckOptions(deployed, options.Options); err != nil {
		return err
	}
	if options.Check {
		return s.writeCheckReport(ctx, options)
	}
	if options.BuildTags+options.LDFlags != "" {
		s.deployment.Package = nil // it was built without them
	}
	pkg, workspace, err := s.build(ctx, deployed, options.Options)
	if err != nil {
		return err
	}
	options.Workspace = workspace
	if _, err = provision.Provision(ctx, deployed, pkg, options.Options); err != nil {
		return err
	}
	if options.Pipeline == "" {
		options.Logger.WithField(progress.Step, "next").Info(nextAfter(options.NoOp))
		return nil
	}
	sources := []string{
		pkg.Zip, filepath.Join(options.Workspace, "template.json"),
		filepath.Join(options.Workspace, provision.ConfigurationFile),
	}
	if s.site != nil {
		sources = append(sources, filepath.Join(options.Workspace, provision.SiteFile))
	}
	return copyForPipeline(options.Pipeline, sources...)
}

// parameters returns the values of the template's parameters. Those of flags take precedence over those that the
// targets pass.
func (s service) parameters(flags map[string]string) (map[string]string, error) {
	given, err := commandline.ReadFiles(flags)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	maps.Copy(all, s.deployment.Parameters)
	maps.Copy(all, given)
	return all, nil
}

// writeCheckReport reports whether a target may build the package. It may not if hooks or flags affect the build, or if
// the log is not in the format that targets write. Before a target builds, a deployment has to have access to AWS.
func (s service) writeCheckReport(ctx context.Context, options provisionOptions) error {
	_, text := options.Logger.Formatter.(progress.Lines)
	report := commandline.CheckReport{
		Builds: len(s.hooks.At("PreBuild"))+len(s.hooks.At("Rollback")) > 0 ||
			options.BuildTags+options.LDFlags != "" || !text,
		Level: options.Logger.Level.String(),
	}
	if !report.Builds && !options.NoOp {
		if err := provision.CheckAccess(ctx, options.Options); err != nil {
			return err
		}
	}
	if err := json.NewEncoder(options.Stdout).Encode(report); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// setBuildEnvironment sets the environment variables of builds to the values of the flags, which take precedence over
// them. The variables take precedence over the build's options.
func setBuildEnvironment(flags commandline.Packaging) error {
	for variable, value := range map[string]string{
		"SPARTA_BUILD_TAGS": flags.BuildTags, "SPARTA_LDFLAGS": flags.LDFlags,
	} {
		if value == "" {
			continue
		}
		if err := os.Setenv(variable, value); err != nil {
			return fmt.Errorf("set %s: %w", variable, err)
		}
	}
	return nil
}

// withContext returns a copy of the hooks, with a context that they share.
func withContext(hooks *sparta.WorkflowHooks) *sparta.WorkflowHooks {
	var shared sparta.WorkflowHooks
	if hooks != nil {
		shared = *hooks
	}
	if shared.Context == nil {
		shared.Context = map[string]any{}
	}
	return &shared
}

// nextAfter returns what to do after a deployment or a preview.
func nextAfter(noop bool) string {
	if noop {
		return "run the same command without noop to deploy"
	}
	return "cgo:status shows the stack, cgo:logs its log; cgo:invoke -remote runs a function there"
}

// copyForPipeline copies files to the folder from which a pipeline deploys them, for the owner only: the template
// contains the values of environment variables.
func copyForPipeline(folder string, sources ...string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("copy the package for the pipeline: %w", err)
	}
	for _, file := range sources {
		content, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("copy the package for the pipeline: %w", err)
		}
		if err := files.WritePrivate(filepath.Join(folder, filepath.Base(file)), content); err != nil {
			return fmt.Errorf("copy the package for the pipeline: %w", err)
		}
	}
	return nil
}

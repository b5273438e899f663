//go:build !lambdabinary

package cgo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/hooks"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// provisionFlags are those of the build and the deployment.
type provisionFlags struct {
	awsFlags
	options             provision.Options
	noop                bool
	tags, ldflags       string
	codePipelinePackage string
}

func (s service) provisionCommand(logger *logrus.Logger) *cobra.Command {
	var f provisionFlags
	command := &cobra.Command{
		Use:   "provision",
		Short: "Build the package and create or update the stack",
		Long: "Build the package and create or update the stack, through a change set that is shown first.\n" +
			"With --noop nothing is changed, and no credentials are needed: template.json and the zip are in .sparta.",
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			f.options.Stdout = command.OutOrStdout()
			return s.provision(command.Context(), f, logger)
		},
	}
	flags := command.Flags()
	f.register(command)
	flags.BoolVarP(&f.noop, "noop", "n", isSet("SPARTA_NOOP", "NOOP"), "render and show, change nothing; SPARTA_NOOP or NOOP")
	flags.StringVarP(&f.options.S3Bucket, "s3Bucket", "s", cmp.Or(os.Getenv("SPARTA_S3_BUCKET"), os.Getenv("S3_BUCKET")),
		"bucket for the package, SPARTA_S3_BUCKET or S3_BUCKET; without one it is the account's own, made if need be")
	flags.StringVarP(&f.options.BuildID, "buildID", "i", "", "tags the stack (default: from the package's content)")
	flags.BoolVarP(&f.options.InPlace, "inplace", "c", false, "update only the functions' code, if nothing else changes")
	flags.DurationVar(&f.options.Wait, "wait", 0, "for the stack to settle (default 15m)")
	registerAdopt(command, &f.options.Adopt)
	flags.BoolVarP(&f.options.Yes, "yes", "y", false, "destroy data and addresses without being asked")
	flags.BoolVar(&f.options.JSON, "json", false, "write the outputs as JSON")
	flags.StringToStringVar(&f.options.Params, "parameter", nil, "value of a template parameter: Name=value")
	flags.StringVarP(&f.tags, "tags", "t", "", "build tags, separated by commas")
	flags.StringVar(&f.ldflags, "ldflags", "", "linker flags, such as '-X main.version=1.2'")
	flags.StringVarP(&f.codePipelinePackage, "codePipelinePackage", "p", "", "copy zip and template to this folder, for a pipeline to deploy; implies --noop")
	return command
}

// provision builds the package and deploys it, with the application's workflow
// hooks around both.
func (s service) provision(ctx context.Context, f provisionFlags, logger *logrus.Logger) error {
	if err := sparta.Validate(s.name, s.functions); err != nil {
		return err
	}
	if err := f.beatEnvironment(); err != nil {
		return err
	}
	options := f.options
	options.Session, options.Stack, options.NoOp = f.session, f.stack, f.noop || f.codePipelinePackage != ""
	options.Logger = logger
	s.hooks = withContext(s.hooks)
	claimed, err := s.claimed(ctx)
	if err != nil {
		return err
	}
	if err := provision.CheckOptions(claimed, options); err != nil {
		return err
	}
	if f.tags != "" || f.ldflags != "" {
		s.deployment.Package = nil // it was made without them
	}
	pkg, err := s.build(ctx, options)
	if err != nil {
		return err
	}
	options.Workspace = filepath.Dir(pkg.Zip)
	_, err = provision.Provision(ctx, claimed, pkg, options)
	if foreign := (*provision.ForeignStack)(nil); f.codePipelinePackage != "" && errors.As(err, &foreign) {
		logger.Warnf("no preview of changes: %v", foreign) // a pipeline's stack may have tags of its own
	} else if err != nil {
		return err
	}
	if f.codePipelinePackage == "" {
		logger.WithField(progress.Step, "next").Info(nextAfter(options.NoOp))
		return nil
	}
	return handOver(f.codePipelinePackage, pkg.Zip, filepath.Join(options.Workspace, "template.json"))
}

// beatEnvironment has flags win over the environment, which wins over a build's
// options.
func (f provisionFlags) beatEnvironment() error {
	for variable, value := range map[string]string{"SPARTA_BUILD_TAGS": f.tags, "SPARTA_LDFLAGS": f.ldflags} {
		if value == "" {
			continue
		}
		if err := os.Setenv(variable, value); err != nil {
			return fmt.Errorf("set %s: %w", variable, err)
		}
	}
	return nil
}

// withContext copies hooks, with a context for them to share.
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

// build makes the package, between its hooks.
func (s service) build(ctx context.Context, options provision.Options) (provision.Package, error) {
	work := &sparta.Workflow{
		ServiceName: s.name, S3Bucket: options.S3Bucket, BuildID: options.BuildID, NoOp: options.NoOp,
		Context: s.hooks.Context, Logger: options.Logger,
	}
	var pkg provision.Package
	err := hooks.Call(ctx, "PreBuild", s.hooks.PreBuild, work)
	if err == nil {
		var artifact *spartamage.Artifact
		if artifact, err = s.artifact(ctx, options.Logger); err == nil {
			pkg = provision.Package{Zip: artifact.Zip, SHA256: artifact.SHA256, Size: artifact.Size, GOARCH: artifact.GOARCH, Python: artifact.Python}
			err = hooks.Call(ctx, "PostBuild", s.hooks.PostBuild, work)
		}
	}
	if err != nil {
		return pkg, errors.Join(err, hooks.Call(context.WithoutCancel(ctx), "Rollback", s.hooks.Rollback, work))
	}
	return pkg, nil
}

// artifact is the package that the targets have found up to date, or else that of a build. Hooks before
// the build may have changed what it is made from.
func (s service) artifact(ctx context.Context, logger *logrus.Logger) (*spartamage.Artifact, error) {
	if finished := s.deployment.Finished(); finished != nil && len(s.hooks.PreBuild) == 0 {
		logger.WithField(progress.Step, "unchanged").Info(files.Shown(filepath.Dir(filepath.Dir(finished.Zip)), finished.Zip))
		return finished, nil
	}
	build := s.deployment.Build
	build.Logger = logger
	return spartamage.Build(ctx, build)
}

// nextAfter is what a user may want to do now.
func nextAfter(noop bool) string {
	if noop {
		return "the same without noop deploys it"
	}
	return "cgo:status shows the stack, cgo:logs its log; cgo:invoke -remote runs a function there"
}

// handOver copies files to the folder from which a pipeline takes them.
func handOver(folder string, files ...string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("hand the package over: %w", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("hand the package over: %w", err)
		}
		if err := os.WriteFile(filepath.Join(folder, filepath.Base(file)), content, 0o644); err != nil {
			return fmt.Errorf("hand the package over: %w", err)
		}
	}
	return nil
}

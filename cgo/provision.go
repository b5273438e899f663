//go:build !lambdabinary

package cgo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/go-sparta/sparta"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/spartamage"
)

// awsFlags are the flags of every command that talks to AWS.
type awsFlags struct {
	session provision.SessionOptions
	stack   string
}

func (f *awsFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.stack, "stack", os.Getenv("SPARTA_STACK"), "name of the stack (default: the service's)")
	flags.StringVar(&f.session.Profile, "profile", "", "AWS profile (default: AWS_PROFILE)")
	flags.StringVar(&f.session.Region, "region", "", "AWS region (default: AWS_REGION, or the profile's)")
	flags.StringVar(&f.session.RoleARN, "roleArn", "", "ARN of a role to assume")
	flags.StringVar(&f.session.MFASerial, "mfaSerial", "", "serial number of the MFA device that the role asks for")
}

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
	f.register(flags)
	flags.BoolVarP(&f.noop, "noop", "n", isSet("SPARTA_NOOP", "NOOP"), "render and show, change nothing")
	flags.StringVarP(&f.options.S3Bucket, "s3Bucket", "s", cmp.Or(os.Getenv("SPARTA_S3_BUCKET"), os.Getenv("S3_BUCKET")),
		"bucket for the package (default: the account's own, made if need be)")
	flags.StringVarP(&f.options.BuildID, "buildID", "i", "", "tags the stack (default: from the package's content)")
	flags.BoolVarP(&f.options.InPlace, "inplace", "c", false, "update only the functions' code, if nothing else changes")
	flags.DurationVar(&f.options.Wait, "wait", 0, "for the stack to settle (default 15m)")
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
	pkg, err := s.build(ctx, options)
	if err != nil {
		return err
	}
	options.Workspace = filepath.Dir(pkg.Zip)
	if _, err := provision.Provision(ctx, s.deployed(), pkg, options); err != nil {
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
	err := runHooks(ctx, "PreBuild", s.hooks.PreBuild, work)
	if err == nil {
		build := s.deployment.Build
		build.Logger = options.Logger
		var artifact *spartamage.Artifact
		if artifact, err = spartamage.Build(ctx, build); err == nil {
			pkg = provision.Package{Zip: artifact.Zip, SHA256: artifact.SHA256, Size: artifact.Size, GOARCH: artifact.GOARCH, Python: artifact.Python}
			err = runHooks(ctx, "PostBuild", s.hooks.PostBuild, work)
		}
	}
	if err != nil {
		return pkg, errors.Join(err, runHooks(context.WithoutCancel(ctx), "Rollback", s.hooks.Rollback, work))
	}
	return pkg, nil
}

// nextAfter is what a user may want to do now.
func nextAfter(noop bool) string {
	if noop {
		return "the same without noop deploys it"
	}
	return "cgo:status shows the stack, cgo:logs its log; cgo:invoke -remote runs a function there"
}

func (s service) deployed() provision.Service {
	return provision.Service{Name: s.name, Description: s.description, Functions: s.functions, Hooks: s.hooks}
}

func runHooks(ctx context.Context, stage string, hooks []sparta.WorkflowHook, work *sparta.Workflow) error {
	for i, hook := range hooks {
		if err := hook(ctx, work); err != nil {
			return fmt.Errorf("%s hook %d: %w", stage, i+1, err)
		}
	}
	return nil
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

// isSet tells whether one of the environment variables says yes. A value that
// is no boolean counts as yes: NOOP=please must not deploy.
func isSet(variables ...string) bool {
	for _, variable := range variables {
		value := os.Getenv(variable)
		if value == "" {
			continue
		}
		if yes, err := strconv.ParseBool(value); err != nil || yes {
			return true
		}
	}
	return false
}

// lifecycleCommands look after a stack once it is there.
func (s service) lifecycleCommands(logger *logrus.Logger) []*cobra.Command {
	return []*cobra.Command{s.statusCommand(logger), s.logsCommand(logger), s.deleteCommand(logger), s.invokeCommand(logger), s.recoverCommand(logger)}
}

func (s service) statusCommand(logger *logrus.Logger) *cobra.Command {
	var f awsFlags
	var options provision.StatusOptions
	command := &cobra.Command{
		Use: "status", Short: "Show the stack, its functions and outputs", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Session, options.Stack, options.Stdout, options.Logger = f.session, f.stack, command.OutOrStdout(), logger
			return provision.Status(command.Context(), s.deployed(), options)
		},
	}
	f.register(command.Flags())
	command.Flags().BoolVarP(&options.Redact, "redact", "r", true, "hide the account's number")
	command.Flags().BoolVar(&options.JSON, "json", false, "write JSON")
	return command
}

func (s service) logsCommand(logger *logrus.Logger) *cobra.Command {
	var f awsFlags
	var options provision.LogsOptions
	command := &cobra.Command{
		Use: "logs", Short: "Show the functions' logs", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Session, options.Stack, options.Stdout, options.Logger = f.session, f.stack, command.OutOrStdout(), logger
			return provision.Logs(command.Context(), s.deployed(), options)
		},
	}
	f.register(command.Flags())
	flags := command.Flags()
	flags.StringVar(&options.Function, "function", "", "name of the function (default: all)")
	flags.StringVar(&options.Filter, "filter", "", "CloudWatch Logs filter pattern")
	flags.DurationVar(&options.Since, "since", 10*time.Minute, "how far back")
	flags.BoolVar(&options.Follow, "follow", false, "go on until interrupted")
	return command
}

func (s service) deleteCommand(logger *logrus.Logger) *cobra.Command {
	var f awsFlags
	var options provision.DeleteOptions
	command := &cobra.Command{
		Use: "delete", Short: "Delete the stack and wait until it is gone", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Session, options.Stack, options.Stdout, options.Logger = f.session, f.stack, command.OutOrStdout(), logger
			return provision.Delete(command.Context(), s.deployed(), options)
		},
	}
	f.register(command.Flags())
	command.Flags().BoolVarP(&options.NoOp, "noop", "n", isSet("SPARTA_NOOP", "NOOP"), "show what would be deleted")
	command.Flags().DurationVar(&options.Wait, "wait", 0, "for the stack to be gone (default 15m)")
	return command
}

func (s service) invokeCommand(logger *logrus.Logger) *cobra.Command {
	var f awsFlags
	var options provision.InvokeOptions
	var event string
	command := &cobra.Command{
		Use: "invoke", Short: "Invoke a function in AWS", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			var err error
			if options.Event, err = readEvent(event, command.InOrStdin()); err != nil {
				return err
			}
			options.Session, options.Stack, options.Logger = f.session, f.stack, logger
			options.Stdout, options.Stderr = command.OutOrStdout(), command.ErrOrStderr()
			return provision.Invoke(command.Context(), s.deployed(), options)
		},
	}
	f.register(command.Flags())
	command.Flags().StringVar(&options.Function, "function", "", "name of the function (default: the only one)")
	command.Flags().StringVar(&event, "event", "{}", "the event: JSON, @file or - for stdin")
	return command
}

func (s service) recoverCommand(logger *logrus.Logger) *cobra.Command {
	var f awsFlags
	var options provision.RecoverOptions
	command := &cobra.Command{
		Use: "recover", Short: "Go on with an update's rollback that failed", Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			options.Session, options.Stack, options.Logger = f.session, f.stack, logger
			return provision.Recover(command.Context(), s.deployed(), options)
		},
	}
	f.register(command.Flags())
	command.Flags().StringSliceVar(&options.Skip, "skip", nil, "logical ids of resources to leave as they are")
	command.Flags().DurationVar(&options.Wait, "wait", 0, "for the stack to settle (default 15m)")
	return command
}

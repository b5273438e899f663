package original

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/process"
	"github.com/go-sparta/sparta/internal/workspace"
)

// PlaceholderBucket is the bucket of a template that is rendered without knowing it.
const PlaceholderBucket = "sparta-bucket-for-packages"

// Options say how an application renders its template.
type Options struct {
	Version   string // of Sparta
	Program   string // the application's program, for this machine
	Dir       string // of its main package, where it runs
	Workspace string // what it writes is moved to a folder there
	Arguments []string
	Region    string // empty means the environment's
	Profile   string // empty means the environment's
	Logger    *logrus.Logger
}

// Rendered is what an application has written.
type Rendered struct {
	Template string // path of the template
	Package  string // path of the zip, which has the files of Archive hooks
	Site     string // path of the archive of its site; empty if there is none
}

// Render runs the application's own provision --noop. It runs the application's hooks and needs no account, unless the
// application itself asks AWS for something. What Sparta writes to the application's folder is moved to the workspace.
func Render(ctx context.Context, o Options) (*Rendered, error) {
	kept := filepath.Join(o.Workspace, workspace.OriginalFolder)
	release, err := workspace.Dir(kept).Open(ctx, func() {
		o.Logger.Info("Waiting for another run that renders the template")
	})
	if err != nil {
		return nil, err
	}
	defer release()
	if err := workspace.SweepOriginal(kept, o.Dir); err != nil {
		return nil, err
	}
	programs := filepath.Join(kept, "bin")
	if err := addSubstitutes(programs); err != nil {
		return nil, fmt.Errorf("render the template: %w", err)
	}
	arguments, err := o.arguments(ctx)
	if err != nil {
		return nil, fmt.Errorf("render the template: %w", err)
	}
	run, err := workspace.BeginOriginal(kept, o.Dir)
	if err != nil {
		return nil, fmt.Errorf("render the template: %w", err)
	}
	var messages messages
	cmd := process.Command(ctx, o.Program, arguments...)
	cmd.Dir, cmd.Env = o.Dir, o.environment(programs)
	cmd.Stdout, cmd.Stderr = &messages, os.Stderr
	failure := process.Explain(ctx, cmd.Run())
	messages.write(o.Logger)
	rendered, templates, err := collect(run.Written(), kept)
	if err == nil {
		err = run.End()
	}
	switch {
	case process.IsInterrupted(failure):
		err = failure
	case err == nil && len(templates) > 1:
		err = fmt.Errorf("it wrote %s: main has to call sparta.Main or sparta.MainEx once, for one service",
			strings.Join(templates, " and "))
	case err == nil && (rendered.Template == "" || failure != nil):
		err = messages.failure(failure)
	}
	if err != nil {
		return nil, fmt.Errorf("render the template with the application's own Sparta %s: %w", o.Version, err)
	}
	return rendered, nil
}

// arguments are those of the application's program. Without a build ID, Sparta passes that of the commit to hooks or,
// outside of a repository, a random one. Then the program's checksum takes its place, so that a template without
// changes is the same.
func (o Options) arguments(ctx context.Context) ([]string, error) {
	arguments := append([]string{"provision", "--noop", "--format=json"}, o.Arguments...)
	isBuildID := func(argument string) bool { return strings.HasPrefix(argument, "--buildID=") }
	if slices.ContainsFunc(arguments, isBuildID) {
		return arguments, nil
	}
	git := process.Command(ctx, "git", "rev-parse", "HEAD")
	git.Dir = o.Dir
	if git.Run() == nil {
		return arguments, nil
	}
	sum, err := checksum(o.Program)
	if err != nil {
		return nil, err
	}
	return append(arguments, "--buildID="+sum[:40]), nil
}

// environment is the one of the application. Its AWS SDK needs a region, also where it makes no request.
func (o Options) environment(programs string) []string {
	var env []string
	region := false
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		switch {
		case strings.HasPrefix(name, "SPARTA_DEPLOY"), name == "AWS_LAMBDA_FUNCTION_NAME", name == "PATH":
			continue
		case name == "AWS_REGION" || name == "AWS_DEFAULT_REGION":
			region = true
		}
		env = append(env, entry)
	}
	path := os.Getenv("PATH")
	env = append(env, "AWS_SDK_LOAD_CONFIG=1", searchPath+"="+path, "PATH="+programs+string(os.PathListSeparator)+path)
	if o.Profile != "" {
		env = append(env, "AWS_PROFILE="+o.Profile)
	}
	switch {
	case o.Region != "":
		env = append(env, "AWS_REGION="+o.Region, "AWS_DEFAULT_REGION="+o.Region)
	case !region && !hasConfiguration():
		env = append(env, "AWS_REGION=us-east-1")
	}
	return env
}

// hasConfiguration reports whether there is a file that may have the region.
func hasConfiguration() bool {
	path := os.Getenv("AWS_CONFIG_FILE")
	if home, err := os.UserHomeDir(); path == "" && err == nil {
		path = filepath.Join(home, ".aws", "config")
	}
	_, err := os.Stat(path)
	return err == nil
}

// collect moves the files that Sparta has written to a folder, and removes the program. It also returns the names of
// all templates.
func collect(written []string, kept string) (rendered *Rendered, templates []string, err error) {
	rendered = &Rendered{}
	for _, path := range written {
		if workspace.IsOriginalProgram(path) {
			if err := os.Remove(path); err != nil {
				return nil, nil, err
			}
			continue
		}
		target := filepath.Join(kept, filepath.Base(path))
		switch {
		case strings.HasSuffix(path, "-cftemplate.json"):
			templates = append(templates, filepath.Base(path))
			rendered.Template = target
		case strings.HasSuffix(path, "-code.zip"):
			rendered.Package = target
		default:
			rendered.Site = target
		}
		err := os.Rename(path, target)
		if err == nil {
			err = os.Chmod(target, 0o600) // it has the values of variables
		}
		if err != nil {
			return nil, nil, fmt.Errorf("keep %s apart: %w", path, err)
		}
	}
	return rendered, templates, nil
}

// messages are what an application writes to standard output: its log, as JSON, and other text.
type messages struct{ bytes.Buffer }

package original

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/process"
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
	Service  string // the service's name
	Template string // path of the template
	Package  string // path of the zip, which has the files of Archive hooks
	Site     string // path of the archive of its site; empty if there is none
}

// folder is the name of the folder in the workspace for what applications write.
const folder = "original"

// Render runs the application's own provision --noop. It runs the application's hooks and needs no account, unless the
// application itself asks AWS for something.
func Render(ctx context.Context, o Options) (*Rendered, error) {
	before := list(o.Dir)
	scratch := filepath.Join(o.Dir, ".sparta") // of Sparta, which is also the workspace if the package is here
	_, err := os.Lstat(scratch)
	made := errors.Is(err, os.ErrNotExist)
	kept := filepath.Join(o.Workspace, folder)
	programs := filepath.Join(kept, "bin")
	if err := addSubstitutes(programs); err != nil {
		return nil, fmt.Errorf("render the template: %w", err)
	}
	var messages messages
	cmd := process.Command(ctx, o.Program, append([]string{"provision", "--noop", "--format=json"}, o.Arguments...)...)
	cmd.Dir, cmd.Env = o.Dir, o.environment(programs)
	cmd.Stdout, cmd.Stderr = &messages, os.Stderr
	failure := cmd.Run()
	messages.write(o.Logger)
	rendered, err := collect(before, list(o.Dir), kept)
	if made {
		_ = os.Remove(scratch) // unless a hook has written something there
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err == nil && (rendered.Template == "" || failure != nil) {
		err = messages.failure(failure)
	}
	if err != nil {
		return nil, fmt.Errorf("render the template with the application's own Sparta %s: %w", o.Version, err)
	}
	rendered.Service = messages.service()
	return rendered, nil
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

// list returns the files that Sparta may write: the paths, with the times and sizes.
func list(dir string) map[string]string {
	found := map[string]string{}
	for _, pattern := range []string{
		"*.lambda.amd64", ".sparta/*-cftemplate.json", ".sparta/*-code.zip", ".sparta/*-S3Site.zip",
	} {
		paths, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		for _, path := range paths {
			if info, err := os.Lstat(path); err == nil {
				found[path] = fmt.Sprint(info.ModTime(), info.Size())
			}
		}
	}
	return found
}

// collect moves the files that Sparta has written to a folder, and removes the program.
func collect(before, after map[string]string, kept string) (*Rendered, error) {
	rendered := &Rendered{}
	for path, state := range after {
		if before[path] == state {
			continue
		}
		target := filepath.Join(kept, filepath.Base(path))
		switch {
		case strings.HasSuffix(path, ".lambda.amd64"):
			if err := os.Remove(path); err != nil {
				return nil, err
			}
			continue
		case strings.HasSuffix(path, "-cftemplate.json"):
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
			return nil, fmt.Errorf("keep %s apart: %w", path, err)
		}
	}
	return rendered, nil
}

// messages are what an application writes to standard output: its log, as JSON, and other text.
type messages struct{ bytes.Buffer }

package doctor

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/requirements"
)

// examination holds the checks. They run at the same time and share nothing.
type examination struct{ Options }

func (e *examination) goVersion(ctx context.Context) finding {
	env, err := gosource.ReadEnvironment(ctx, e.Dir, "", "")
	if errors.Is(err, exec.ErrNotFound) {
		return finding{lacking, "not on PATH", "install it (https://go.dev/dl)"}
	}
	if err != nil {
		return finding{lacking, err.Error(), ""}
	}
	return finding{good, fmt.Sprintf("%s %s/%s", env.GOVERSION, env.GOHOSTOS, env.GOHOSTARCH), ""}
}

func (e *examination) engine(ctx context.Context) finding {
	image := e.Image
	if image == "" {
		env, err := gosource.ReadEnvironment(ctx, e.Dir, "", "")
		if err != nil {
			return finding{lacking, "unknown: the image depends on the version of Go", ""}
		}
		image = "golang:" + env.Version()
	}
	platform := "linux/" + e.GOARCH
	found, err := engine.Find(ctx, engine.Query{CLI: e.ContainerCLI, Image: image, Platform: platform})
	if fault := new(engine.Error); errors.As(err, &fault) {
		next := fault.Next
		fault.Next = ""
		return finding{lacking, strings.TrimSuffix(fault.Error(), "; "), next}
	} else if err != nil {
		return finding{lacking, err.Error(), ""}
	}
	name := filepath.Base(found.CLI)
	pull := fmt.Sprintf("the first build pulls it, or do it now: %s pull --platform %s %s", name, platform,
		found.PullName(image))
	switch {
	case found.HasImage && e.GOARCH != runtime.GOARCH && !found.Runs(ctx, image, platform):
		return finding{
			lacking, fmt.Sprintf("%s has %s for %s, and cannot run it", name, image, platform), engine.Emulation,
		}
	case found.HasImage:
		return finding{good, fmt.Sprintf("%s has %s for %s", name, image, platform), ""}
	case found.Found != "":
		return finding{warning, fmt.Sprintf("%s has %s for %s, not for %s", name, image, found.Found, platform), pull}
	}
	return finding{warning, fmt.Sprintf("%s runs but has no %s", name, image), pull}
}

func (e *examination) compiler(ctx context.Context) finding {
	env, err := gosource.ReadEnvironment(ctx, e.Dir, e.GOOS, e.GOARCH)
	if err != nil {
		return finding{lacking, "unknown: the go command did not say which compiler it uses", ""}
	}
	if err := e.CheckCompiler(ctx, env); err != nil {
		what, next, _ := strings.Cut(err.Error(), ": ")
		status := lacking
		if e.Builder == "docker" {
			status = warning
		}
		return finding{status, what, next}
	}
	return finding{good, fmt.Sprintf("a C compiler of this machine builds for %s/%s", e.GOOS, e.GOARCH), ""}
}

func (e *examination) mainPackage(ctx context.Context) finding {
	if err := gosource.RefusePipes(files.Absolute(e.Dir, e.Package)); err != nil {
		return finding{warning, err.Error(), ""}
	}
	// -find ignores dependencies, and so needs no network.
	tags := strings.Join(goflags.MergeTags(e.Tags...), ",")
	cmd := exec.CommandContext(ctx, "go", "list", "-e", "-find", "-tags="+tags,
		"-json=ImportPath,Name,Module,Error", "--", e.Package)
	cmd.Dir = e.Dir
	cmd.Env = append(cmd.Environ(), "GOOS="+e.GOOS, "GOARCH="+e.GOARCH, "CGO_ENABLED=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var p gosource.Package
	if err == nil {
		err = json.Unmarshal(out, &p)
	}
	if advice := gosource.OtherModule(e.Dir, e.Package); advice != "" && (err != nil || p.Name == "") {
		what, next, _ := strings.Cut(advice, ": ")
		return finding{warning, what, next}
	}
	next := "run it where main.go is, or name the main package with SPARTA_PACKAGE, for example ./cmd/x"
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return finding{warning, "unknown without the go command", ""}
	case err != nil:
		return finding{warning, gosource.CommandError(ctx, err, stderr.String()).Error(), ""}
	case p.Name == "" && p.Error != nil:
		return finding{warning, gosource.WithAdvice(p.Error.Err).Error(), next}
	case p.Name != "main":
		return finding{warning, fmt.Sprintf("%s is package %s, not a main package", p.ImportPath, p.Name), next}
	case p.Module == nil:
		return finding{warning, p.ImportPath + " is not in a module", "run `go mod init example.com/app`"}
	}
	return finding{good, fmt.Sprintf("%s of module %s in %s", p.ImportPath, p.Module.Path, p.Module.Dir), ""}
}

// workspace tries to create a file in .sparta or, before the first build, in its parent.
func (e *examination) workspace(context.Context) finding {
	dir := string(e.Workspace)
	if !files.Exists(dir) && !files.IsDangling(dir) {
		dir = filepath.Dir(dir)
	}
	probe, err := os.CreateTemp(dir, ".sparta-doctor-")
	if err != nil {
		return finding{lacking, err.Error(), e.Workspace.Advice(err)}
	}
	err = errors.Join(probe.Close(), os.Remove(probe.Name()))
	if err != nil {
		return finding{lacking, err.Error(), ""}
	}
	if err := files.CanRun(dir); err != nil {
		what, next, _ := strings.Cut(err.Error(), ": ")
		return finding{warning, what, next + "; builds work, but cgo:invoke and cgo:provision do not"}
	}
	return finding{good, string(e.Workspace) + " can be written", ""}
}

// python looks for the interpreter that cgo:invoke uses.
func (e *examination) python(ctx context.Context) finding {
	version := strings.TrimPrefix(e.Python, "python")
	python, err := interpreter.Find(ctx, version)
	switch {
	case err != nil:
		return finding{warning, "no Python found that runs", "cgo:invoke needs it: install Python " + version}
	case python.Version != version:
		return finding{
			warning, fmt.Sprintf("cgo:invoke uses Python %s (%s), Lambda %s", python.Version, python.Path, version),
			"install Python " + version + " to run locally what Lambda runs",
		}
	}
	return finding{good, fmt.Sprintf("Python %s (%s)", python.Version, python.Path), ""}
}

func (e *examination) runtimeClient(ctx context.Context) finding {
	python, err := interpreter.Find(ctx, e.Python)
	switch {
	case err != nil:
		return finding{warning, "unknown without Python", ""}
	case python.Client == "":
		return finding{
			warning, "cannot be imported: cgo:invoke uses its own client instead",
			"to use AWS's: " + python.Path + " -m pip install awslambdaric",
		}
	}
	return finding{good, "cgo:invoke runs AWS's own client, " + python.Client, ""}
}

// pip looks for the program that installs the packages of SPARTA_REQUIREMENTS, unless they are in the cache.
func (e *examination) pip(ctx context.Context) finding {
	python, err := requirements.FindPip(ctx, e.Python)
	if err == nil {
		return finding{good, python + " -m pip", ""}
	}
	what, next, _ := strings.Cut(err.Error(), ": ")
	if e.Requirements == "" {
		return finding{warning, what, "only SPARTA_REQUIREMENTS needs it"}
	}
	return finding{warning, what, "the first build installs the packages of " + e.Requirements + ": " + next}
}

// optional looks for a program that builds do not need.
func (e *examination) optional(program, use string) func(context.Context) finding {
	return func(context.Context) finding {
		path, err := exec.LookPath(program)
		if err != nil {
			return finding{warning, "not on PATH", use}
		}
		return finding{good, path, ""}
	}
}

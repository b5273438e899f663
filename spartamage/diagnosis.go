package spartamage

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
)

// diagnosis is the checks of one Doctor. They run at the same time and share nothing.
type diagnosis struct{ build BuildOptions }

func (d *diagnosis) goVersion(ctx context.Context) finding {
	env, err := gosource.ReadEnvironment(ctx, d.build.Dir, "", "")
	if errors.Is(err, exec.ErrNotFound) {
		return finding{lacking, "not on PATH", "install it (https://go.dev/dl)"}
	}
	if err != nil {
		return finding{lacking, err.Error(), ""}
	}
	return finding{good, fmt.Sprintf("%s %s/%s", env.GOVERSION, env.GOHOSTOS, env.GOHOSTARCH), ""}
}

func (d *diagnosis) engine(ctx context.Context) finding {
	image := d.build.Image
	if image == "" {
		env, err := gosource.ReadEnvironment(ctx, d.build.Dir, "", "")
		if err != nil {
			return finding{lacking, "without go there is no telling which image", ""}
		}
		image = "golang:" + env.Version()
	}
	platform := "linux/" + d.build.GOARCH
	found, err := engine.Find(ctx, engine.Query{CLI: d.build.ContainerCLI, Image: image, Platform: platform})
	if fault := new(engine.Error); errors.As(err, &fault) {
		next := fault.Next
		fault.Next = ""
		return finding{lacking, strings.TrimSuffix(fault.Error(), "; "), next}
	} else if err != nil {
		return finding{lacking, err.Error(), ""}
	}
	name := filepath.Base(found.CLI)
	pull := fmt.Sprintf("the first build pulls it, or do it now: %s pull --platform %s %s", name, platform, found.PullName(image))
	switch {
	case found.HasImage && d.build.GOARCH != runtime.GOARCH && !found.Runs(ctx, image, platform):
		return finding{lacking, fmt.Sprintf("%s has %s for %s, and cannot run it", name, image, platform), emulate}
	case found.HasImage:
		return finding{good, fmt.Sprintf("%s has %s for %s", name, image, platform), ""}
	case found.Found != "":
		return finding{warning, fmt.Sprintf("%s has %s for %s, not for %s", name, image, found.Found, platform), pull}
	}
	return finding{warning, fmt.Sprintf("%s answers but has no %s", name, image), pull}
}

func (d *diagnosis) compiler(ctx context.Context) finding {
	target := hostTarget{d.build.GOOS, d.build.GOARCH}
	env, err := gosource.ReadEnvironment(ctx, d.build.Dir, target.GOOS, target.GOARCH)
	if err != nil {
		return finding{lacking, "without go there is no telling which compiler", ""}
	}
	if err := target.check(ctx, env); err != nil {
		what, next, _ := strings.Cut(err.Error(), ": ")
		status := lacking
		if d.build.Builder == "docker" {
			status = warning
		}
		return finding{status, what, next}
	}
	return finding{good, fmt.Sprintf("a C compiler of this machine builds for %s/%s", target.GOOS, target.GOARCH), ""}
}

func (d *diagnosis) mainPackage(ctx context.Context) finding {
	// -find leaves dependencies alone, and with them the network.
	cmd := exec.CommandContext(ctx, "go", "list", "-e", "-find", "-tags="+strings.Join(goflags.MergeTags(libraryTag, d.build.Tags), ","),
		"-json=ImportPath,Name,Module,Error", "--", d.build.Package)
	cmd.Dir = d.build.Dir
	cmd.Env = append(cmd.Environ(), "GOOS="+d.build.GOOS, "GOARCH="+d.build.GOARCH, "CGO_ENABLED=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var p gosource.Package
	if err == nil {
		err = json.Unmarshal(out, &p)
	}
	next := "run it where main.go is, or name the main package with SPARTA_PACKAGE (such as ./cmd/x)"
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return finding{warning, "without go there is no telling", ""}
	case err != nil:
		return finding{warning, gosource.CommandError(err, stderr.String()).Error(), ""}
	case p.Name == "" && p.Error != nil:
		return finding{warning, gosource.WithAdvice(p.Error.Err).Error(), next}
	case p.Name != "main":
		return finding{warning, fmt.Sprintf("%s is package %s, not a main package", p.ImportPath, p.Name), next}
	case p.Module == nil:
		return finding{warning, p.ImportPath + " is in no module", "run `go mod init example.com/app`"}
	}
	return finding{good, fmt.Sprintf("%s of module %s in %s", p.ImportPath, p.Module.Path, p.Module.Dir), ""}
}

// writable tries whether .sparta, or the folder that it will be in, takes files.
func (d *diagnosis) writable(context.Context) finding {
	dir := string(d.build.workspace)
	if !files.Exists(dir) && !files.IsDangling(dir) {
		dir = filepath.Dir(dir)
	}
	probe, err := os.CreateTemp(dir, ".sparta-doctor-")
	if err != nil {
		return finding{lacking, err.Error(), d.build.workspace.Advice(err)}
	}
	err = errors.Join(probe.Close(), os.Remove(probe.Name()))
	if err != nil {
		return finding{lacking, err.Error(), ""}
	}
	return finding{good, string(d.build.workspace) + " can be written", ""}
}

// python looks for the interpreter that cgo:invoke takes.
func (d *diagnosis) python(ctx context.Context) finding {
	wanted := strings.TrimPrefix(d.build.Python, "python")
	python, err := interpreter.Find(ctx, wanted)
	switch {
	case err != nil:
		return finding{warning, "no Python runs", "cgo:invoke needs it: install Python " + wanted}
	case python.Version != wanted:
		return finding{
			warning, fmt.Sprintf("Python %s (%s) runs cgo:invoke, Lambda runs %s", python.Version, python.Path, wanted),
			"install Python " + wanted + " to try out the same",
		}
	}
	return finding{good, fmt.Sprintf("Python %s (%s)", python.Version, python.Path), ""}
}

func (d *diagnosis) runtimeClient(ctx context.Context) finding {
	python, err := interpreter.Find(ctx, d.build.Python)
	switch {
	case err != nil:
		return finding{warning, "without Python there is no telling", ""}
	case python.Client == "":
		return finding{warning, "not importable: cgo:invoke uses a stand-in of its own", "for AWS's own: " + python.Path + " -m pip install awslambdaric"}
	}
	return finding{good, "cgo:invoke runs AWS's own client, " + python.Client, ""}
}

// optional looks for a program that builds go without.
func (d *diagnosis) optional(program, use string) func(context.Context) finding {
	return func(context.Context) finding {
		path, err := exec.LookPath(program)
		if err != nil {
			return finding{warning, "not on PATH", use}
		}
		return finding{good, path, ""}
	}
}

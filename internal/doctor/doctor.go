// Package doctor reports what a machine lacks for building and running an application.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/workspace"
)

// Options say for which build the machine is examined.
type Options struct {
	JSON bool // write one JSON document

	Dir, Package string
	Tags         []string // build tags, each entry one or several
	Builder      string   // auto, docker or host
	ContainerCLI string
	Image        string // empty means golang:<this machine's Go version>
	GOOS, GOARCH string
	Python       string // Lambda's name of the runtime
	Requirements string // file with Python packages that pip installs; empty means none
	Workspace    workspace.Dir

	// CheckCompiler returns an error if this machine's own toolchain cannot build for the target of the environment.
	CheckCompiler func(context.Context, gosource.Environment) error
}

// Examine writes a line for each thing: ok, warn or missing, then what it is, then what to do about it. It changes
// nothing. The error says that no build is possible on this machine.
func Examine(ctx context.Context, options Options, out io.Writer) error {
	e := &examination{options}
	checks := []struct {
		name string
		run  func(context.Context) finding
	}{
		{"go", e.goVersion},
		{"container", e.engine},
		{"compiler", e.compiler},
		{"package", e.mainPackage},
		{"workspace", e.workspace},
		{"python3", e.python},
		{"awslambdaric", e.runtimeClient},
		{"pip", e.pip},
		{"git", e.optional("git", "the go command needs it for modules that are on no proxy")},
		{"aws", e.optional("aws", "no target needs it; it shows what is deployed")},
	}
	findings := make([]finding, len(checks))
	var wait sync.WaitGroup
	for i, check := range checks {
		wait.Add(1)
		go func() {
			defer wait.Done()
			findings[i] = check.run(ctx)
		}()
	}
	wait.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	byName := map[string]finding{}
	var document Document
	for i, check := range checks {
		byName[check.name] = findings[i]
		document.Checks = append(document.Checks, newCheck(check.name, findings[i]))
	}
	verdict := e.verdict(byName)
	document.Build = newCheck("build", verdict)
	if err := document.write(out, options.JSON); err != nil {
		return fmt.Errorf("write the findings: %w", err)
	}
	if verdict.status == lacking {
		return errors.New("no build is possible on this machine: " + verdict.String())
	}
	return nil
}

// verdict returns whether a build is possible, and in which of the two ways.
func (e *examination) verdict(findings map[string]finding) finding {
	for _, name := range []string{"go", "workspace"} {
		if f := findings[name]; f.status == lacking {
			return finding{lacking, name + ": " + f.detail, f.next}
		}
	}
	engine, host := findings["container"], findings["compiler"]
	mayUseEngine, mayUseHost := e.Builder != "host" && e.GOOS == "linux", e.Builder != "docker"
	needsPull := engine.status == warning
	target := "for " + e.GOOS + "/" + e.GOARCH
	switch {
	case mayUseEngine && engine.status == good:
		return finding{good, target + " in a container", ""}
	case mayUseEngine && needsPull && mayUseHost && host.status == good:
		return finding{
			good, target + " in a container if the image can be pulled, otherwise with the host's own toolchain", "",
		}
	case mayUseEngine && needsPull:
		return finding{warning, target + " in a container, if the image can be pulled", ""}
	case mayUseHost && host.status == good:
		return finding{good, target + " with the host's own toolchain", ""}
	case mayUseEngine && mayUseHost:
		return finding{lacking, "neither a container engine nor a C compiler: " + engine.String(), host.String()}
	case mayUseEngine:
		return engine
	}
	return finding{lacking, host.detail, host.next}
}

package spartamage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const (
	modulePath = "github.com/go-sparta/sparta"
	cgoPath    = modulePath + "/cgo"
	bridgePath = modulePath + "/cgo/bridge"
	lambdaPath = "github.com/aws/aws-lambda-go/lambda"
)

// goPackage is what `go list` tells of a package.
type goPackage struct {
	ImportPath, Name, Dir                                                      string
	Standard, DepOnly                                                          bool
	Module                                                                     *goModule
	GoFiles, CgoFiles, CFiles, CXXFiles, HFiles, SFiles, SysoFiles, EmbedFiles []string
	Imports                                                                    []string
	Error                                                                      *struct{ Pos, Err string }
}

// goModule is what `go list` tells of a package's module.
type goModule struct {
	Path, Dir, Version string
	Main               bool
	Replace            *goModule
}

// sources lists the package's Go files, absolute.
func (p *goPackage) sources() []string {
	var paths []string
	for _, name := range append(append([]string(nil), p.GoFiles...), p.CgoFiles...) {
		paths = append(paths, absolute(p.Dir, name))
	}
	return paths
}

// inputs lists every file that the package is built from, absolute.
func (p *goPackage) inputs() []string {
	paths := p.sources()
	for _, names := range [][]string{p.CFiles, p.CXXFiles, p.HFiles, p.SFiles, p.SysoFiles, p.EmbedFiles} {
		for _, name := range names {
			paths = append(paths, absolute(p.Dir, name))
		}
	}
	return paths
}

// application is a main package and everything that it is built from.
type application struct {
	main     *goPackage
	packages []*goPackage // of -deps, without the standard library
	modCache string
}

// find gives the application's package of an import path, or nil.
func (a *application) find(importPath string) *goPackage {
	i := slices.IndexFunc(a.packages, func(p *goPackage) bool { return p.ImportPath == importPath })
	if i < 0 {
		return nil
	}
	return a.packages[i]
}

// local tells whether a package's files are the user's own, as opposed to those
// of a downloaded or vendored dependency.
func (a *application) local(p *goPackage) bool {
	if p.Module == nil || under(p.Dir, a.modCache) {
		return false
	}
	return !strings.Contains(filepath.ToSlash(p.Dir), "/vendor/") || p.Module.Main
}

// listPackages finds the main package and its dependencies as the target sees
// them. Modules that are missing are downloaded: the container has no network.
func listPackages(ctx context.Context, env goEnvironment, opts BuildOptions) (*application, error) {
	flags, err := readGoFlags(env.GOFLAGS)
	if err != nil {
		return nil, err
	}
	args := []string{
		"list", "-e", "-deps", "-tags=" + strings.Join(mergeTags(append(flags.Tags, libraryTag, noRPCTag, opts.Tags)...), ","),
		"-json=ImportPath,Name,Dir,Standard,DepOnly,Module,GoFiles,CgoFiles,CFiles,CXXFiles,HFiles,SFiles,SysoFiles,EmbedFiles,Imports,Error",
		"--", opts.Package,
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = opts.Dir
	cmd.Env = append(cmd.Environ(), "GOOS="+opts.GOOS, "GOARCH="+opts.GOARCH, "CGO_ENABLED=1", "GOFLAGS="+flags.Rest)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list the packages of %s: %w", opts.Package, goListError(err, stderr.String()))
	}
	app := &application{modCache: env.GOMODCACHE}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for {
		p := &goPackage{}
		if err := decoder.Decode(p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("read the output of go list: %w", err)
		}
		if p.Standard {
			continue
		}
		app.packages = append(app.packages, p)
		if !p.DepOnly {
			if app.main != nil {
				return nil, fmt.Errorf("%s names more than one package (%s and %s): name one main package, such as ./cmd/x",
					opts.Package, app.main.ImportPath, p.ImportPath)
			}
			app.main = p
		}
	}
	return app, app.check(opts)
}

// check reports what go list found wrong, before anything else can stumble on it.
func (a *application) check(opts BuildOptions) error {
	if a.main == nil {
		return fmt.Errorf("%s matches no package in %s: name the main package with SPARTA_PACKAGE", opts.Package, opts.Dir)
	}
	if a.main.Error != nil && len(a.main.GoFiles)+len(a.main.CgoFiles) == 0 {
		return fmt.Errorf("no main package in %s: %s; run it where main.go is, or name the package with SPARTA_PACKAGE (such as ./cmd/x)",
			opts.Dir, a.main.Error.Err)
	}
	if err := a.oldImport(); err != nil {
		return err
	}
	for _, p := range a.packages {
		if p.Error == nil {
			continue
		}
		return packageError(p.Error.Pos, p.Error.Err)
	}
	if a.main.Name != "main" {
		return fmt.Errorf("%s is package %s, not a main package: run it where main.go is, or name the main package with SPARTA_PACKAGE (such as ./cmd/x)",
			a.main.ImportPath, a.main.Name)
	}
	return nil
}

func packageError(pos, message string) error {
	text := strings.TrimSpace(message)
	if pos != "" && !strings.HasPrefix(text, pos) {
		text = pos + ": " + text
	}
	return withAdvice(text)
}

// goListError puts the go command's words in place of "exit status 1".
func goListError(err error, stderr string) error {
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("%w: install Go (https://go.dev/dl)", err)
	}
	if text := strings.TrimSpace(stderr); text != "" {
		return withAdvice(text)
	}
	return err
}

// withAdvice adds the next step to those messages of the go command that lack one.
func withAdvice(text string) error {
	switch {
	case strings.Contains(text, "(from $GOPATH)"):
		return fmt.Errorf("%s\nGO111MODULE=off leaves go.mod unread: unset it (go env -u GO111MODULE)", text)
	case strings.Contains(text, "go.mod file not found"):
		return errors.New("not in a Go module: run `go mod init example.com/app` in the application's folder, then `go mod tidy`")
	case strings.Contains(text, "module lookup disabled by GOPROXY=off"), strings.Contains(text, "dial tcp"),
		strings.Contains(text, "no such host"), strings.Contains(text, "connection refused"):
		return fmt.Errorf("%s\na module is not downloaded and cannot be fetched: connect to the network (or set GOPROXY) and run `go mod download`", text)
	}
	return errors.New(text)
}

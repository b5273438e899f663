// Package requirements installs the Python packages of a requirements file for one of Lambda's runtimes, and keeps them
// in the user's cache folder.
package requirements

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/elfcheck"
	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/progress"
)

// Options says which packages to install, and for which system.
type Options struct {
	Dir    string // what File is relative to
	File   string // path of the requirements file
	Python string // Lambda's name of the runtime: python3.13
	GOARCH string // amd64 or arm64
	Local  bool   // for this machine's interpreter instead of Lambda's
	Cache  string // folder to use if the user has no cache folder

	Log *logrus.Logger
}

// Prepare returns the packages of a requirements file. It reads them from the cache if the file's content has been
// installed for the same system before, and otherwise installs them with pip.
// Without a file, there are no packages.
func Prepare(ctx context.Context, opts Options) (Packages, error) {
	if opts.File == "" {
		return Packages{}, nil
	}
	packages, err := prepare(ctx, opts)
	if err != nil {
		return packages, fmt.Errorf("install the packages of %s: %w", opts.File, err)
	}
	return packages, nil
}

func prepare(ctx context.Context, opts Options) (Packages, error) {
	list, err := read(opts.Dir, opts.File)
	if err != nil {
		return Packages{}, err
	}
	target, err := newTarget(ctx, opts)
	if err != nil {
		return Packages{}, err
	}
	for _, name := range list.provided {
		opts.Log.Infof("%s has %s, which is in Lambda's %s already: the package is larger with a version of its own",
			opts.File, name, opts.Python)
	}
	entry := newEntry(opts.Cache, list, target)
	if found, ok := entry.load(); ok {
		return found, nil
	}
	start := time.Now()
	defer progress.Clock(opts.Log, "installing "+opts.File)()
	warn := func(text string) { opts.Log.Warn(opts.File + ": " + text) }
	found, err := entry.fill(ctx, list, target, warn)
	if err != nil {
		return Packages{}, withAdvice(err)
	}
	opts.Log.WithFields(logrus.Fields{progress.Step: "install", progress.Took: time.Since(start)}).
		Infof("%s for %s: %s", opts.File, target, strings.Join(found.Names, ", "))
	return found, nil
}

// target is the system that packages are installed for.
type target struct {
	python  string              // 3.13
	glibc   string              // 2.34; empty for this machine
	machine string              // x86_64 or aarch64
	local   *interpreter.Python // for this machine; nil means for Lambda
}

func newTarget(ctx context.Context, opts Options) (target, error) {
	if opts.Local {
		found, err := interpreter.Find(ctx, opts.Python)
		return target{python: found.Version, local: &found, machine: opts.GOARCH}, err
	}
	runtime, err := elfcheck.Lookup(opts.Python)
	return target{
		python:  strings.TrimPrefix(opts.Python, "python"),
		glibc:   runtime.GLIBC,
		machine: map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[opts.GOARCH],
	}, err
}

// String describes the system for people.
func (t target) String() string {
	if t.local != nil {
		return "this machine's Python " + t.python
	}
	return fmt.Sprintf("python%s, %s, glibc %s", t.python, t.machine, t.glibc)
}

// NeedsLocal reports whether a local run needs packages of its own, because the interpreter that would run the function
// has another version than Lambda's. If there is none, the run says so.
func NeedsLocal(ctx context.Context, file, python string) bool {
	if file == "" {
		return false
	}
	found, err := interpreter.Find(ctx, python)
	return err == nil && "python"+found.Version != python
}

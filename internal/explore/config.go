package explore

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// build is a good build, with the Python that runs it.
type build struct {
	spartamage.LocalBuild
	python interpreter.Python
	cache  string // the folder in which the runtime client is kept
}

// config returns the configuration of a function.
func (e *engine) config(built build, function localservice.Function) sandbox.Config {
	description := function.Description
	config := sandbox.Config{
		Name:        cmp.Or(function.Name, description.Name),
		Handler:     description.Handler,
		Dir:         e.current(),
		Layer:       built.Artifact.Packages,
		Python:      built.python,
		Env:         e.environment(function),
		Cache:       built.cache,
		MemorySize:  int(cmp.Or(description.MemorySize, sparta.DefaultMemorySize)),
		Timeout:     time.Duration(cmp.Or(description.Timeout, sparta.DefaultTimeout)) * time.Second,
		Concurrency: concurrency(e.options.concurrency, description.ReservedConcurrentExecutions),
		SnapStart:   description.SnapStart != nil && description.SnapStart.ApplyOn == "PublishedVersions",
		Output:      e.output(description.Name),

		NoCredentials: e.options.Flags.NoCredentials,
	}
	if e.options.debug {
		e.debugConfig(&config, description.Name)
	}
	return config
}

// concurrency returns how many invocations of a function may run at the same time. One for which nothing is reserved
// (sparta.ReserveNothing) can be tried here nevertheless.
func concurrency(most int, reserved int64) int {
	if reserved > 0 {
		return min(most, int(reserved))
	}
	return most
}

// environment returns a function's variables, as Environment does.
func (e *engine) environment(function localservice.Function) []string {
	variables := function.Environment()
	if level := os.Getenv("SPARTA_LOG_LEVEL"); level != "" {
		variables = append(variables, "SPARTA_LOG_LEVEL="+level)
	}
	return append(variables, e.options.variables...)
}

// missing lists the variables of a service that have no value on this machine.
func missing(service localservice.Service, given []string) []string {
	set := map[string]bool{}
	for _, variable := range given {
		name, _, _ := strings.Cut(variable, "=")
		set[name] = true
	}
	var found []string
	for _, function := range service.Functions {
		for _, name := range function.Unknown {
			if !set[name] {
				found = append(found, function.Description.Name+": "+name)
			}
		}
	}
	return found
}

// output returns what receives a function's lines.
func (e *engine) output(name string) func(string, sandbox.Line) {
	return func(_ string, line sandbox.Line) { e.options.lines.write(name, line.Text) }
}

// lines writes the lines of functions.
type lines struct {
	mu    sync.Mutex
	out   io.Writer
	named bool // whether there are several functions
}

func (l *lines) write(name, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.named {
		text = name + " | " + text
	}
	_, _ = fmt.Fprintln(l.out, text)
}

// setNamed has each line begin with its function's name.
func (l *lines) setNamed(named bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.named = named
}

// cacheOf returns the folder of files that local runs reuse.
func cacheOf(built spartamage.LocalBuild) string {
	return filepath.Join(filepath.Dir(built.Artifact.Zip), "cache")
}

package main

import (
	"context"
	"debug/buildinfo"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// greeting is what the one-line change changes, in examples/hello/main.go.
const greeting = "from Go inside Python"

// buildTimes measures cgo:build of examples/hello: with nothing changed, and after a one-line change
// beside a plain go build of the same.
func buildTimes(ctx context.Context, s *session) error {
	if _, err := s.module.build(ctx, "hello"); err != nil {
		return err
	}
	unchanged := &contender{name: "cgo:build", run: s.buildContender("host")}
	library := filepath.Join(s.module.dir, "hello", ".sparta", "build", "hello.so")
	before, err := os.Stat(library)
	if err != nil {
		return err
	}
	if err := race(ctx, s.pick(15, 5), unchanged); err != nil {
		return err
	}
	after, err := os.Stat(library)
	if err != nil {
		return err
	}
	if !os.SameFile(before, after) {
		return fmt.Errorf("a build with nothing changed has replaced %s", library)
	}
	s.add("build", "nothing changed, nothing compiled", row{
		Figure: shown(unchanged.median()),
		Value:  unchanged.median().Seconds(),
		Unit:   "s",
		Bound:  1,
		Runs:   len(unchanged.times),
	})

	if err := s.changedBuilds(ctx, "host", library, 1.5, s.pick(9, 3)); err != nil {
		return err
	}
	if reason := s.noContainer(ctx); reason != "" {
		s.add("build", "one line changed, in a container: "+reason, row{Verdict: skipped})
		return nil
	}
	return s.changedBuilds(ctx, "docker", library, 0, s.pick(5, 2))
}

// changedBuilds races cgo:build, with mage's start and without, against a plain go build, each after a
// change of its own.
func (s *session) changedBuilds(ctx context.Context, builder, library string, limit float64, rounds int) error {
	if _, err := s.module.mage(ctx, "hello", builder, "cgo:build"); err != nil {
		return err
	}
	plain, err := s.plainBuild(library)
	if err != nil {
		return err
	}
	compiled, err := s.compiledMagefile(ctx)
	if err != nil {
		return err
	}
	ours := &contender{name: "cgo:build", run: s.afterChange(s.buildContender(builder))}
	alone := &contender{name: "cgo:build alone", run: s.afterChange(func(ctx context.Context) (time.Duration, error) {
		start := time.Now()
		dir := filepath.Join(s.module.dir, "hello")
		_, err := s.module.output(ctx, dir, compiled, "cgo:build", "SPARTA_BUILDER="+builder)
		return time.Since(start), err
	})}
	theirs := &contender{name: "go build", run: s.afterChange(plain)}
	if err := race(ctx, 1, ours, alone, theirs); err != nil { // they have compiled the dependencies now
		return err
	}
	ours.times, alone.times, theirs.times = nil, nil, nil
	if err := race(ctx, rounds, ours, alone, theirs); err != nil {
		return err
	}
	what := "one line changed, " + map[string]string{"host": "host", "docker": "in a container"}[builder]
	s.add("build", what, ours.against(theirs, limit))
	s.add("build", what+", without mage's start", alone.against(theirs, 0))
	return nil
}

// compiledMagefile compiles the magefile to the program that mage starts, and returns its path.
func (s *session) compiledMagefile(ctx context.Context) (string, error) {
	path := filepath.Join(s.scratch, "magefile.exe") // the suffix matters on Windows alone
	_, err := s.module.output(ctx, filepath.Join(s.module.dir, "hello"), "go", "tool", "mage", "-compile", path)
	return path, err
}

func (s *session) buildContender(builder string) func(context.Context) (time.Duration, error) {
	return func(ctx context.Context) (time.Duration, error) {
		start := time.Now()
		_, err := s.module.mage(ctx, "hello", builder, "cgo:build")
		return time.Since(start), err
	}
}

// plainBuild is go build of the same package with the flags that the library was built with.
func (s *session) plainBuild(library string) (func(context.Context) (time.Duration, error), error) {
	built, err := buildinfo.ReadFile(library)
	if err != nil {
		return nil, fmt.Errorf("read the flags of %s: %w", library, err)
	}
	tags := ""
	for _, setting := range built.Settings {
		if setting.Key == "-tags" {
			tags = setting.Value
		}
	}
	if !strings.Contains(tags, "lambdabinary") {
		return nil, fmt.Errorf("%s was built with the tags %q", library, tags)
	}
	output := filepath.Join(s.scratch, "plain", "hello.so")
	return func(ctx context.Context) (time.Duration, error) {
		_ = os.RemoveAll(filepath.Dir(output)) // or go build would leave an up-to-date library as it is
		start := time.Now()
		_, err := s.module.output(ctx, filepath.Join(s.module.dir, "hello"),
			"go", "build", "-buildmode=c-shared", "-trimpath", "-buildvcs=false",
			"-tags="+tags, "-ldflags=-s -w -compressdwarf=false -buildid=",
			"-o", output, ".", "CGO_ENABLED=1")
		return time.Since(start), err
	}, nil
}

// afterChange changes a line in a way that no build has seen, and then builds.
func (s *session) afterChange(
	build func(context.Context) (time.Duration, error),
) func(context.Context) (time.Duration, error) {
	return func(ctx context.Context) (time.Duration, error) {
		changed := fmt.Sprintf("from Go at %d", time.Now().UnixNano())
		if err := s.module.edit("hello/main.go", greeting, changed); err != nil {
			return 0, err
		}
		defer func() { _ = s.module.restore("hello/main.go") }()
		return build(ctx)
	}
}

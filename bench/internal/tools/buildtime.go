package tools

import (
	"context"
	"debug/buildinfo"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/bench/internal/usage"
	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/gobuild"
)

// greeting is what the one-line change changes, in examples/hello/main.go.
const greeting = "from Go inside Python"

// maxUnchanged bounds what cgo:build takes, beside mage's start, to see that nothing has changed.
const maxUnchanged = 250 * time.Millisecond

// Build measures cgo:build of examples/hello: with nothing changed, and after a one-line change
// beside a plain go build of the same.
func Build(ctx context.Context, s *session.Session) error {
	if _, err := s.Module.Build(ctx, "hello"); err != nil {
		return err
	}
	compiled, err := compiledMagefile(ctx, s)
	if err != nil {
		return err
	}
	unchanged := &measure.Contender{Name: "cgo:build", Run: buildContender(s, "host"), Usage: usage.EndedChildren}
	alone := &measure.Contender{Name: "cgo:build alone", Run: aloneContender(s, compiled, "host")}
	alone.Usage = usage.EndedChildren
	library := filepath.Join(s.Module.Dir, "hello", ".sparta", "build", "hello.so")
	before, err := os.Stat(library)
	if err != nil {
		return err
	}
	if err := measure.Race(ctx, s.Pick(15, 5), unchanged, alone); err != nil {
		return err
	}
	after, err := os.Stat(library)
	if err != nil {
		return err
	}
	if !os.SameFile(before, after) {
		return fmt.Errorf("a build with nothing changed has replaced %s", library)
	}
	s.Add("build", "nothing changed, nothing compiled", report.Alone(unchanged, time.Second))
	s.Add("build", "nothing changed, nothing compiled, without mage's start", report.Alone(alone, maxUnchanged))

	if err := changedBuilds(ctx, s, "host", library, compiled, 1.5, s.Pick(9, 3)); err != nil {
		return err
	}
	if reason := s.NoContainer(ctx); reason != "" {
		s.Add("build", "one line changed, in a container: "+reason, report.Row{Verdict: report.Skipped})
		return nil
	}
	return changedBuilds(ctx, s, "docker", library, compiled, 0, s.Pick(9, 2))
}

// changedBuilds races cgo:build, with mage's start and without, against a plain go build, each after a
// change of its own.
func changedBuilds(
	ctx context.Context, s *session.Session, builder, library, compiled string, limit float64, rounds int,
) error {
	if _, err := s.Module.Mage(ctx, "hello", builder, "cgo:build"); err != nil {
		return err
	}
	plain, err := plainBuild(s, library)
	if err != nil {
		return err
	}
	ours := &measure.Contender{Name: "cgo:build", Run: afterChange(s, buildContender(s, builder))}
	alone := &measure.Contender{Name: "cgo:build alone", Run: afterChange(s, aloneContender(s, compiled, builder))}
	theirs := &measure.Contender{Name: "go build", Run: afterChange(s, plain)}
	racers := []*measure.Contender{ours, alone, theirs}
	if builder == "host" { // a container's processes are not this program's children
		ours.Usage, alone.Usage, theirs.Usage = usage.EndedChildren, usage.EndedChildren, usage.EndedChildren
	} else {
		idle, err := idleContainer(ctx, s)
		if err != nil {
			return err
		}
		racers = append(racers, idle)
	}
	if err := measure.WarmUp(ctx, 1, racers...); err != nil { // they have compiled the dependencies now
		return err
	}
	if err := measure.Race(ctx, rounds, racers...); err != nil {
		return err
	}
	what := "one line changed, " + map[string]string{"host": "host", "docker": "in a container"}[builder]
	s.Add("build", what, report.Compare(ours, theirs, limit))
	s.Add("build", what+", without mage's start", report.Compare(alone, theirs, 0))
	if builder != "host" {
		idle := racers[3]
		s.Add("build", "a container that does nothing", report.Alone(idle, 0))
		s.Add("build", what+", without mage's start and the engine's", report.Compare(alone.Less(idle), theirs, 1.6))
	}
	return nil
}

// idleContainer starts and removes a container of the build's image: what it takes is the engine's.
func idleContainer(ctx context.Context, s *session.Session) (*measure.Contender, error) {
	version, err := s.Module.Output(ctx, s.Module.Dir, "go", "env", "GOVERSION")
	if err != nil {
		return nil, err
	}
	c := gobuild.Container{
		Label: s.Scratch, Image: "golang:" + strings.TrimPrefix(version, "go"),
		Platform: "linux/" + runtime.GOARCH, Dir: "/",
	}
	found, err := engine.Find(ctx, engine.Query{Image: c.Image, Platform: c.Platform})
	if err != nil {
		return nil, err
	}
	c.User, c.UserNS = found.User, found.UserNS
	return &measure.Contender{Name: "idle container", Run: func(ctx context.Context) (time.Duration, error) {
		c.Name = engine.ContainerName()
		start := time.Now()
		_, err := s.Module.Output(ctx, s.Scratch, found.CLI, c.Args("true")...)
		return time.Since(start), err
	}}, nil
}

// compiledMagefile compiles the magefile to the program that mage starts, and returns its path.
func compiledMagefile(ctx context.Context, s *session.Session) (string, error) {
	path := filepath.Join(s.Scratch, "magefile.exe") // the suffix matters on Windows alone
	_, err := s.Module.Output(ctx, filepath.Join(s.Module.Dir, "hello"), "go", "tool", "mage", "-compile", path)
	return path, err
}

func buildContender(s *session.Session, builder string) func(context.Context) (time.Duration, error) {
	return func(ctx context.Context) (time.Duration, error) {
		start := time.Now()
		_, err := s.Module.Mage(ctx, "hello", builder, "cgo:build")
		return time.Since(start), err
	}
}

// aloneContender runs the program that mage would have compiled and started.
func aloneContender(s *session.Session, compiled, builder string) func(context.Context) (time.Duration, error) {
	return func(ctx context.Context) (time.Duration, error) {
		start := time.Now()
		dir := filepath.Join(s.Module.Dir, "hello")
		_, err := s.Module.Output(ctx, dir, compiled, "cgo:build", "SPARTA_BUILDER="+builder)
		return time.Since(start), err
	}
}

// plainBuild is go build of the same package with the flags that the library was built with.
func plainBuild(s *session.Session, library string) (func(context.Context) (time.Duration, error), error) {
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
	output := filepath.Join(s.Scratch, "plain", "hello.so")
	return func(ctx context.Context) (time.Duration, error) {
		_ = os.RemoveAll(filepath.Dir(output)) // or go build would leave an up-to-date library as it is
		start := time.Now()
		_, err := s.Module.Output(ctx, filepath.Join(s.Module.Dir, "hello"),
			"go", "build", "-buildmode=c-shared", "-trimpath", "-buildvcs=false",
			"-tags="+tags, "-ldflags=-s -w -compressdwarf=false -buildid=",
			"-o", output, ".", "CGO_ENABLED=1")
		return time.Since(start), err
	}, nil
}

// afterChange changes a line in a way that no build has seen, and then builds.
func afterChange(
	s *session.Session, build func(context.Context) (time.Duration, error),
) func(context.Context) (time.Duration, error) {
	return func(ctx context.Context) (time.Duration, error) {
		changed := fmt.Sprintf("from Go at %d", time.Now().UnixNano())
		if err := s.Module.Edit("hello/main.go", greeting, changed); err != nil {
			return 0, err
		}
		defer func() { _ = s.Module.Restore("hello/main.go") }()
		return build(ctx)
	}
}

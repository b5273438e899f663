package tools

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/process"
)

// New measures the way to a new application's first answer: sparta new, go mod tidy and cgo:explore. With
// empty caches of compiled packages it is compared with go build of the same programs, by processor time, which other
// work on the machine changes least. Modules have been downloaded in both cases.
func New(ctx context.Context, s *session.Session) error {
	user, err := newUser(ctx, s)
	if err != nil {
		return err
	}
	env := append(append(session.Environment(), user.Env...), "MAGEFILE_CACHE="+user.Cache)
	n := &newcomer{session: s, user: user, env: env}
	if _, err := n.firstAnswer(ctx); err != nil { // fills the caches
		return err
	}
	warm := &measure.Contender{Name: "warm", Run: n.firstAnswer}
	if err := measure.Race(ctx, s.Pick(5, 2), warm); err != nil {
		return err
	}
	used := &measure.Contender{Times: n.ended[1:]}
	s.Add("new", "from new to the first answer, warm caches, processor time", report.Row{
		Figure: measure.Shown(used.Median()),
	})
	s.Add("new", "from new to the first answer, warm caches", report.Alone(warm, 10*time.Second))
	if s.Quick {
		return nil
	}
	ours, theirs := &measure.Contender{Name: "cold"}, &measure.Contender{Name: "go build"}
	ours.Run = n.cold(&ours.Times, n.firstAnswer)
	theirs.Run = n.cold(&theirs.Times, n.builds)
	var walls []time.Duration
	for _, c := range []*measure.Contender{ours, theirs} {
		took, err := c.Run(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
		walls = append(walls, took)
	}
	s.Add("new", "from new to the first answer, cold caches, processor time", report.Compare(ours, theirs, 1.3))
	s.Add("new", "from new to the first answer, cold caches", report.Row{
		Figure: measure.Shown(walls[0]), Peer: measure.Shown(walls[1]) + " go build",
		Value: walls[0].Seconds() / walls[1].Seconds(), Unit: "x", Runs: 1,
	})
	return nil
}

// newcomer makes applications.
type newcomer struct {
	session *session.Session
	user    session.Module
	env     []string
	used    time.Duration   // of processors, by commands that have ended
	ended   []time.Duration // the same for each application that has been made
}

// cold returns a run with empty caches, which adds the processor time that it has used.
func (n *newcomer) cold(
	used *[]time.Duration, run func(context.Context) (time.Duration, error),
) func(context.Context) (time.Duration, error) {
	return func(ctx context.Context) (time.Duration, error) {
		cache, err := os.MkdirTemp(n.session.Scratch, "cold-")
		if err != nil {
			return 0, err
		}
		defer os.RemoveAll(cache)
		before := n.env
		defer func() { n.env = before }()
		n.env = append(before[:len(before):len(before)], "XDG_CACHE_HOME="+cache,
			"GOCACHE="+filepath.Join(cache, "go-build"), "MAGEFILE_CACHE="+filepath.Join(cache, "mage"))
		n.used = 0
		took, err := run(ctx)
		*used = append(*used, n.used)
		return took, err
	}
}

// command returns a command that ends with its children.
func (n *newcomer) command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, n.env
	process.EndAsGroup(cmd)
	return cmd
}

// run runs a command and adds its processor time.
func (n *newcomer) run(ctx context.Context, dir, name string, args ...string) error {
	cmd := n.command(ctx, dir, name, args...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("run %s: %w\n%s", strings.Join(cmd.Args, " "), err, out)
	}
	n.add(cmd)
	return nil
}

func (n *newcomer) add(cmd *exec.Cmd) {
	n.used += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

const program = "github.com/go-sparta/sparta/cmd/sparta"

// firstAnswer makes an application and returns how long its first answer has taken.
func (n *newcomer) firstAnswer(ctx context.Context) (time.Duration, error) {
	work, err := os.MkdirTemp(n.session.Scratch, "new-")
	if err != nil {
		return 0, err
	}
	dir := filepath.Join(work, "greeter")
	n.used = 0
	start := time.Now()
	err = n.run(ctx, work, "go", "run", program+"@"+releasedVersion, "new", "greeter")
	if err == nil {
		err = n.run(ctx, dir, "go", "mod", "tidy")
	}
	if err != nil {
		return 0, err
	}
	cmd := n.command(ctx, dir, "go", "tool", "mage", "cgo:explore", "-port=0")
	e, err := startServer(cmd, filepath.Join(work, "temp.log"))
	if err != nil {
		return 0, err
	}
	answer, err := e.answer(ctx, "greeter", `{"name":"Ada"}`)
	took := time.Since(start)
	if end := e.end(); err == nil && (end != nil || !strings.Contains(answer, "Hello Ada")) {
		err = e.explain(errors.Join(fmt.Errorf("it answers %.300q", answer), end))
	}
	n.add(cmd)
	n.ended = append(n.ended, n.used)
	return took, err
}

// builds compiles what firstAnswer compiles: sparta, mage, a program for the magefile, and the library.
func (n *newcomer) builds(ctx context.Context) (time.Duration, error) {
	work, err := os.MkdirTemp(n.session.Scratch, "peer-")
	if err != nil {
		return 0, err
	}
	sparta, err := sparta(ctx, n.session)
	if err != nil {
		return 0, err
	}
	err = n.run(ctx, work, sparta, "new", "--replace="+n.session.Module.Root, "greeter")
	dir := filepath.Join(work, "greeter")
	magefile := "package main\n\nimport _ \"github.com/go-sparta/sparta/spartamage\"\n\nfunc main() {}\n"
	if err == nil {
		err = os.MkdirAll(filepath.Join(dir, "magefile"), 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "magefile", "main.go"), []byte(magefile), 0o644)
	}
	if err == nil {
		err = n.run(ctx, dir, "go", "mod", "tidy")
	}
	n.used = 0
	start := time.Now()
	for _, args := range [][]string{
		{program},
		{"github.com/magefile/mage"},
		{"./magefile"},
		{"-buildmode=c-shared", "-trimpath", "-ldflags=-s -w", "."},
	} {
		if err == nil {
			err = n.run(ctx, dir, "go", append([]string{"build", "-o", filepath.Join(work, "program")}, args...)...)
		}
	}
	return time.Since(start), err
}

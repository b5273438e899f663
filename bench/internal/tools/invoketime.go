package tools

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/bench/internal/usage"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

const (
	helloEvent    = `{"name":"Ada"}`
	helloFunction = "HelloWorld"
)

// maxInvoke is the bound of cgo:invoke, as a multiple of what it cannot do without.
const maxInvoke = 1.5

// Invoke measures cgo:invoke of an unchanged package. Its peer is what no version of it can do without: a target of the
// same magefile that does nothing, and a start of the function up to its first response. So the ratio stays comparable
// when mage, Python or the runtime client changes; whatever exceeds 1 is ours.
func Invoke(ctx context.Context, s *session.Session) error {
	user, err := withHello(ctx, s)
	if err != nil {
		return err
	}
	stage, err := user.Build(ctx, "hello")
	if err != nil {
		return err
	}
	path, err := pythonPath(s)
	if err != nil {
		return err
	}
	dir := filepath.Join(user.Dir, "hello")
	mage := func(ctx context.Context, args ...string) (string, error) {
		args = append(append([]string{"tool", "mage"}, args...), "SPARTA_BUILDER=host", "PATH="+path)
		return user.Output(ctx, dir, "go", args...)
	}
	invoke := func(ctx context.Context) (time.Duration, error) {
		start := time.Now()
		answer, err := mage(ctx, "cgo:invoke", "-function="+helloFunction, "-event="+helloEvent)
		if err == nil && answer == "" {
			err = errors.New("cgo:invoke printed nothing")
		}
		return time.Since(start), err
	}
	floor := func(ctx context.Context) (time.Duration, error) {
		start := time.Now()
		if _, err := mage(ctx, "nothing"); err != nil {
			return 0, err
		}
		p, err := s.Start(ctx, lambdaruntime.Options{Dir: stage, Handler: "index." + helloFunction})
		if err != nil {
			return 0, err
		}
		_, err = session.Invoke(ctx, p, []byte(helloEvent))
		return time.Since(start), errors.Join(err, p.Close())
	}
	ours := &measure.Contender{Name: "cgo:invoke", Run: invoke, Usage: usage.EndedChildren}
	least := &measure.Contender{Name: "an empty target and a cold start", Run: floor, Usage: usage.EndedChildren}
	if err := measure.WarmUp(ctx, 2, ours, least); err != nil { // compiles the magefile and the program that invokes
		return err
	}
	if err := measure.Race(ctx, s.Pick(25, 7), ours, least); err != nil {
		return err
	}
	s.Add("invoke", "cgo:invoke, nothing changed", report.Alone(ours, 0))
	s.Add("invoke", "cgo:invoke, nothing changed", report.Compare(ours, least, maxInvoke))
	return nil
}

// withHello returns a user's module with examples/hello, whose magefile has a target that does nothing.
func withHello(ctx context.Context, s *session.Session) (session.Module, error) {
	user, err := newUser(ctx, s)
	if err != nil {
		return user, err
	}
	user.Python = s.Python.Version
	hello, err := os.ReadFile(filepath.Join(s.Module.Root, "examples", "hello", "main.go"))
	if err != nil {
		return user, err
	}
	err = user.Write(map[string][]byte{"hello/main.go": hello, "hello/magefile.go": []byte(withLibrary)})
	if err != nil {
		return user, err
	}
	_, err = user.Output(ctx, user.Dir, "go", "mod", "tidy")
	return user, err
}

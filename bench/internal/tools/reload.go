package tools

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
)

// reloadAllowance is what a reload may take beyond its compilation, in addition to reloadLimit times that.
const (
	reloadAllowance = 200 * time.Millisecond
	reloadLimit     = 1.3
)

// Reload measures explore: from the write of a file to the first answer of the new code, beside a plain go build of the
// same change.
func Reload(ctx context.Context, s *session.Session) error {
	if _, err := s.Module.Build(ctx, "hello"); err != nil {
		return err
	}
	plain, err := plainBuild(s, filepath.Join(s.Module.Dir, "hello", ".sparta", "build", "hello.so"))
	if err != nil {
		return err
	}
	service, err := startExplore(ctx, s, "hello", 1)
	if err != nil {
		return err
	}
	defer func() { _ = service.end() }()
	if _, err := service.greeting(ctx); err != nil {
		return err
	}
	ours := &measure.Contender{Name: "explore", Run: service.reload}
	theirs := &measure.Contender{Name: "go build", Run: afterChange(s, plain)}
	if err := measure.WarmUp(ctx, 1, ours, theirs); err != nil { // they have compiled the dependencies now
		return err
	}
	if err := measure.Race(ctx, s.Pick(20, 4), ours, theirs); err != nil {
		return err
	}
	bound := time.Duration(reloadLimit*float64(theirs.Median())) + reloadAllowance
	s.Add("reload", "one line changed, until its first answer", report.Row{
		Figure: report.Shown(measure.SpreadOf(ours.Times)),
		Peer:   measure.Shown(theirs.Median()) + " go build",
		Value:  ours.Median().Seconds(),
		Unit:   "s",
		Bound:  bound.Seconds(),
		Runs:   len(ours.Times),
		Ours:   report.SideOf(ours),
		Theirs: report.SideOf(theirs),
	})
	return nil
}

// greeting invokes the function.
func (e *explored) greeting(ctx context.Context) (string, error) {
	text, err := e.answer(ctx, "HelloWorld", `{"name":"x"}`)
	if err == nil && !strings.Contains(text, "Hello") {
		err = fmt.Errorf("it answers %.300q", text)
	}
	return text, err
}

// reload changes a line and waits for the first answer of the new code.
func (e *explored) reload(ctx context.Context) (time.Duration, error) {
	changed := fmt.Sprintf("from Go at %d", time.Now().UnixNano())
	start := time.Now()
	if err := e.session.Module.Edit("hello/main.go", greeting, changed); err != nil {
		return 0, err
	}
	if err := e.await(ctx, changed); err != nil {
		return 0, err
	}
	took := time.Since(start)
	if err := e.session.Module.Restore("hello/main.go"); err != nil {
		return 0, err
	}
	return took, e.await(ctx, greeting)
}

// await invokes the function until its answer has a text.
func (e *explored) await(ctx context.Context, text string) error {
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) {
		answer, err := e.greeting(ctx)
		if err != nil || strings.Contains(answer, text) {
			return err
		}
		time.Sleep(2 * time.Millisecond)
	}
	return fmt.Errorf("no answer with %q in a minute", text)
}

package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// reloadAllowance is what a reload may take beyond its compilation, in addition to reloadLimit times that.
const (
	reloadAllowance = 200 * time.Millisecond
	reloadLimit     = 1.3
)

// reload measures explore: from the write of a file to the first answer of the new code, beside a plain go build of the
// same change.
func reload(ctx context.Context, s *session) error {
	if _, err := s.module.build(ctx, "hello"); err != nil {
		return err
	}
	plain, err := s.plainBuild(filepath.Join(s.module.dir, "hello", ".sparta", "build", "hello.so"))
	if err != nil {
		return err
	}
	service, err := s.explore(ctx)
	if err != nil {
		return err
	}
	defer service.end()
	if _, err := service.greeting(ctx); err != nil {
		return err
	}
	ours := &contender{name: "explore", run: service.reload}
	theirs := &contender{name: "go build", run: s.afterChange(plain)}
	if err := race(ctx, 1, ours, theirs); err != nil { // they have compiled the dependencies now
		return err
	}
	ours.times, theirs.times = nil, nil
	if err := race(ctx, s.pick(20, 4), ours, theirs); err != nil {
		return err
	}
	bound := time.Duration(reloadLimit*float64(theirs.median())) + reloadAllowance
	s.add("reload", "one line changed, until its first answer", row{
		Figure: shown(ours.median()),
		Peer:   shown(theirs.median()) + " go build",
		Value:  ours.median().Seconds(),
		Unit:   "s",
		Bound:  bound.Seconds(),
		Runs:   len(ours.times),
	})
	return nil
}

// explored is a service that explore runs.
type explored struct {
	session *session
	address string // of Lambda's API
	cmd     *exec.Cmd
}

// explore starts explore for examples/hello.
func (s *session) explore(ctx context.Context) (*explored, error) {
	program := filepath.Join(s.scratch, "sparta.exe") // the suffix matters on Windows alone
	if _, err := s.module.output(ctx, s.module.root, "go", "build", "-o", program, "./cmd/sparta"); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, "explore", "--port=0")
	cmd.Dir, cmd.Env = filepath.Join(s.module.dir, "hello"), environment()
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	cmd.Stderr = io.Discard
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address, _, found := strings.Cut(lines.Text(), "  Lambda's API"); found {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return &explored{s, address, cmd}, nil
		}
	}
	return nil, fmt.Errorf("explore has ended: %w", cmd.Wait())
}

func (e *explored) end() {
	_ = e.cmd.Cancel()
	_ = e.cmd.Wait() // it was interrupted
}

// greeting invokes the function.
func (e *explored) greeting(ctx context.Context) (string, error) {
	url := e.address + "/2015-03-31/functions/HelloWorld/invocations"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(`{"name":"x"}`))
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && !bytes.Contains(body, []byte("Hello")) {
		err = fmt.Errorf("%s: %s", response.Status, body)
	}
	return string(body), err
}

// reload changes a line and waits for the first answer of the new code.
func (e *explored) reload(ctx context.Context) (time.Duration, error) {
	changed := fmt.Sprintf("from Go at %d", time.Now().UnixNano())
	start := time.Now()
	if err := e.session.module.edit("hello/main.go", greeting, changed); err != nil {
		return 0, err
	}
	if err := e.await(ctx, changed); err != nil {
		return 0, err
	}
	took := time.Since(start)
	if err := e.session.module.restore("hello/main.go"); err != nil {
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

package tools

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
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/bench/internal/usage"
)

// explored is a service that explore runs.
type explored struct {
	session *session.Session
	address string // of Lambda's API
	console string // its address, with the token
	cmd     *exec.Cmd
	dir     string   // of the application
	temp    string   // its folder of temporary files
	files   []string // of the application, before it began
	end     func() error
}

// startExplore starts explore for an application. It begins to build.
func startExplore(ctx context.Context, s *session.Session, app string, concurrency int) (*explored, error) {
	program, err := sparta(ctx, s)
	if err != nil {
		return nil, err
	}
	e := &explored{
		session: s,
		cmd:     exec.CommandContext(ctx, program, "explore", "--port=0", "--concurrency="+strconv.Itoa(concurrency)),
		dir:     filepath.Join(s.Module.Dir, app),
	}
	if e.temp, err = os.MkdirTemp(s.Scratch, "temp-"); err != nil {
		return nil, err
	}
	path, err := pythonPath(s)
	if err != nil {
		return nil, err
	}
	e.files = filesOf(e.dir)
	e.cmd.Dir, e.cmd.Env = e.dir, append(session.Environment(), "TMPDIR="+e.temp, "PATH="+path)
	e.cmd.Cancel = func() error { return e.cmd.Process.Signal(os.Interrupt) }
	return e, e.start()
}

// start starts the program, whose Cancel interrupts it, and reads its addresses.
func (e *explored) start() error {
	cmd := e.cmd
	cmd.WaitDelay = 5 * time.Second
	log, err := os.Create(e.temp + ".log")
	if err != nil {
		return err
	}
	defer log.Close()
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	e.end = sync.OnceValue(func() error {
		_ = cmd.Cancel()
		return cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address, found := strings.CutSuffix(lines.Text(), "  console"); found {
			e.console = address
		}
		if address, _, found := strings.Cut(lines.Text(), "  Lambda's API"); found {
			e.address = address
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return nil
		}
	}
	return e.explain(fmt.Errorf("explore has ended: %w", e.end()))
}

// explain adds what the program has logged to an error.
func (e *explored) explain(err error) error {
	said, _ := os.ReadFile(e.temp + ".log")
	return fmt.Errorf("%w\n%s", err, bytes.TrimSpace(said[max(0, len(said)-2000):]))
}

// host is the server's address without its scheme.
func (e *explored) host() string { return strings.TrimPrefix(e.address, "http://") }

func (e *explored) pid() int { return e.cmd.Process.Pid }

// processorTime is that of the server and of its functions.
func (e *explored) processorTime() time.Duration { return usage.ProcessorTime(e.pid()) }

// openConsole opens the stream of changes that the page of the console reads, and reads it.
func (e *explored) openConsole(ctx context.Context) (leave func(), err error) {
	get := func(address string, cookies []*http.Cookie) (*http.Response, error) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return nil, err
		}
		for _, cookie := range cookies {
			request.AddCookie(cookie)
		}
		response, err := http.DefaultClient.Do(request)
		if err == nil && response.StatusCode != http.StatusOK {
			err = fmt.Errorf("the console answers %s", response.Status)
		}
		return response, err
	}
	page, err := get(e.console, nil)
	if err != nil {
		return nil, err
	}
	_ = page.Body.Close()
	stream, err := get(e.address+"/console/api/stream", page.Cookies())
	if err != nil {
		return nil, err
	}
	var reading sync.WaitGroup
	reading.Add(1)
	go func() {
		defer reading.Done()
		_, _ = io.Copy(io.Discard, stream.Body) // it ends when it is closed
	}()
	return func() {
		_ = stream.Body.Close()
		reading.Wait()
	}, nil
}

// leftovers lists which of these processes still run, and what has been written outside .sparta and not removed.
func (e *explored) leftovers(processes []int) []string {
	var left []string
	for _, pid := range processes {
		if usage.IsRunning(pid) {
			left = append(left, fmt.Sprintf("process %d", pid))
		}
	}
	left = append(left, filesOf(e.temp)...)
	before := map[string]bool{}
	for _, name := range e.files {
		before[name] = true
	}
	for _, name := range filesOf(e.dir) {
		if !before[name] {
			left = append(left, name)
		}
	}
	return left
}

// filesOf lists the files below a folder, without those of .sparta.
func filesOf(dir string) []string {
	var names []string
	_ = filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.Name() == ".sparta":
			return filepath.SkipDir
		case !entry.IsDir():
			names = append(names, path)
		}
		return nil
	})
	return names
}

// sparta compiles the program sparta, and returns its path.
func sparta(ctx context.Context, s *session.Session) (string, error) {
	program := filepath.Join(s.Scratch, "sparta.exe") // the suffix matters on Windows alone
	_, err := s.Module.Output(ctx, s.Module.Root, "go", "build", "-o", program, "./cmd/sparta")
	return program, err
}

// pythonPath returns a PATH on which the interpreter has the chosen client of the Runtime API: a script tells those who
// ask for it.
func pythonPath(s *session.Session) (string, error) {
	client := s.Python.Client
	if s.Client == session.Embedded {
		client = ""
	}
	script := fmt.Sprintf("#!/bin/sh\nprintf '%%s\\n' '%s' '%s' '%s'\n", s.Python.Path, s.Python.Version, client)
	dir := filepath.Join(s.Scratch, "python")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	for minor := range 30 { // whichever is asked for
		name := fmt.Sprintf("python3.%d", minor)
		if minor == 0 {
			name = "python3"
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			return "", err
		}
	}
	return dir + string(os.PathListSeparator) + os.Getenv("PATH"), nil
}

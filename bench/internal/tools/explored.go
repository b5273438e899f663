package tools

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/bench/internal/usage"
	"github.com/go-sparta/sparta/internal/process"
)

// explored is a service that explore runs.
type explored struct {
	*server
	session *session.Session
	dir     string   // of the application
	temp    string   // its folder of temporary files
	files   []string // of the application, before it began
}

// startExplore starts explore for an application. It begins to build.
func startExplore(ctx context.Context, s *session.Session, app string, concurrency int) (*explored, error) {
	program, err := sparta(ctx, s)
	if err != nil {
		return nil, err
	}
	e := &explored{session: s, dir: filepath.Join(s.Module.Dir, app)}
	if e.temp, err = os.MkdirTemp(s.Scratch, "temp-"); err != nil {
		return nil, err
	}
	path, err := pythonPath(s)
	if err != nil {
		return nil, err
	}
	e.files = filesOf(e.dir)
	cmd := process.Command(ctx, program, "explore", "--port=0", "--concurrency="+strconv.Itoa(concurrency))
	cmd.Dir, cmd.Env = e.dir, append(session.Environment(), "TMPDIR="+e.temp, "PATH="+path)
	e.server, err = startServer(cmd, e.temp+".log")
	return e, err
}

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

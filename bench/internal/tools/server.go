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
	"github.com/go-sparta/sparta/internal/process"
)

// server is a program that serves Lambda's API, and prints its address as explore does.
type server struct {
	address string // of Lambda's API
	console string // its address, with the token; empty if there is none
	cmd     *exec.Cmd
	log     string // the file with what it writes to stderr
	end     func() error
}

// startServer starts a program, whose Cancel interrupts it, and reads its addresses.
func startServer(cmd *exec.Cmd, log string) (*server, error) {
	s := &server{cmd: cmd, log: log}
	cmd.WaitDelay = 5 * time.Second
	stderr, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer stderr.Close()
	cmd.Stderr = stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s.end = sync.OnceValue(func() error {
		_ = cmd.Cancel()
		return cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address, found := strings.CutSuffix(lines.Text(), "  console"); found {
			s.console = address
		}
		if address, _, found := strings.Cut(lines.Text(), "  Lambda's API"); found {
			s.address = address
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return s, nil
		}
	}
	return nil, s.explain(fmt.Errorf("%s has ended: %w", filepath.Base(cmd.Path), s.end()))
}

// explain adds what the program has logged to an error.
func (s *server) explain(err error) error {
	said, _ := os.ReadFile(s.log)
	return fmt.Errorf("%w\n%s", err, bytes.TrimSpace(said[max(0, len(said)-2000):]))
}

// host is the server's address without its scheme.
func (s *server) host() string { return strings.TrimPrefix(s.address, "http://") }

func (s *server) pid() int { return s.cmd.Process.Pid }

// processorTime is that of the server and of its functions.
func (s *server) processorTime() time.Duration { return usage.ProcessorTime(s.pid()) }

// answer invokes a function, which waits for the first build.
func (s *server) answer(ctx context.Context, function, event string) (string, error) {
	url := s.address + "/2015-03-31/functions/" + function + "/invocations"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(event))
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return string(body), err
}

// startHop starts the least that a server of a function can be with net/http.
func startHop(ctx context.Context, s *session.Session, stage string, processes int) (*server, error) {
	program := filepath.Join(s.Scratch, "hop.exe") // the suffix matters on Windows alone
	_, err := s.Module.Output(ctx, s.Module.Root, "go", "build", "-o", program, "./bench/apps/peers/hop")
	if err != nil {
		return nil, err
	}
	cmd := process.Command(ctx, program, "-dir="+stage, "-processes="+strconv.Itoa(processes),
		"-workspace="+s.Scratch, "-python="+s.Python.Path, "-own="+strconv.FormatBool(s.Client == session.Embedded))
	cmd.Env = session.Environment()
	return startServer(cmd, program+".log")
}

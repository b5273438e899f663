package testaws

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/otiai10/copy"

	"github.com/go-sparta/sparta/internal/testoutput"
	"github.com/go-sparta/sparta/internal/testrequire"
)

//go:embed motoplus.py motopatch/*.py
var python embed.FS

// startTimeout is long: on a busy machine moto takes ten times what it does on an idle one.
const startTimeout = 90 * time.Second

// Server is a stand-in for AWS's endpoints.
type Server struct {
	URL string // http://127.0.0.1:port, for every service

	stderr *testoutput.Output
	alive  io.Closer // its stdin, by which it notices our end, however we end
}

// A test binary has one server, since moto takes seconds to start; its accounts keep tests apart.
var shared = sync.OnceValues(start)

// Start returns the test binary's server, and starts it for the first test that asks. It skips the
// test where moto is lacking, and fails it if the server reports an error of its own while it runs.
// The server ends with the test binary.
func Start(t testing.TB) *Server {
	t.Helper()
	testrequire.Need(t, "aws")
	server, err := shared()
	if err != nil {
		t.Fatalf("start the stand-in for AWS: %v", err)
	}
	began := len(server.stderr.String())
	t.Cleanup(func() {
		if said := server.stderr.String()[began:]; strings.Contains(said, "Traceback") {
			t.Errorf("the stand-in for AWS failed during this test:\n%s", said)
		}
	})
	return server
}

func start() (*Server, error) {
	dir, err := os.MkdirTemp("", "testaws-")
	if err != nil {
		return nil, err
	}
	if err := unpack(dir); err != nil {
		return nil, err
	}
	server := &Server{stderr: &testoutput.Output{}}
	cmd := exec.Command("python3", filepath.Join(dir, "motoplus.py"))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONWARNINGS=ignore", "AWS_CONFIG_FILE="+os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE="+os.DevNull)
	cmd.Stderr = server.stderr
	if server.alive, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	server.URL, err = firstLine(stdout, startTimeout)
	// Everything is loaded once it listens; nothing is left behind if the tests are killed later.
	_ = os.RemoveAll(dir)
	if err != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		return nil, fmt.Errorf("%w\n%s", err, server.stderr)
	}
	return server, nil
}

func unpack(dir string) error {
	return copy.Copy(".", dir, copy.Options{FS: python, PermissionControl: copy.AddPermission(0o200)})
}

func firstLine(r io.Reader, timeout time.Duration) (string, error) {
	type read struct {
		line string
		err  error
	}
	got := make(chan read, 1)
	go func() {
		line, err := bufio.NewReader(r).ReadString('\n')
		got <- read{strings.TrimSpace(line), err}
	}()
	select {
	case read := <-got:
		if read.err != nil {
			return "", errors.New("it ended before it listened")
		}
		return read.line, nil
	case <-time.After(timeout):
		return "", fmt.Errorf("it did not listen within %s", timeout)
	}
}

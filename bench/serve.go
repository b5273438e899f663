package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/explore/lambdaapi"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// serveCommand is the argument with which this program starts itself as a server.
const serveCommand = "serve-echo"

// serveOptions describe the function of a server. They arrive as JSON on its standard input.
type serveOptions struct {
	Stage, Cache string
	Python       interpreter.Python
	Concurrency  int
	OwnClient    bool
}

// startServing starts a server.
func startServing(ctx context.Context, program string, o serveOptions) (*exploreServer, error) {
	cmd := exec.CommandContext(ctx, program, serveCommand)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	stop := sync.OnceValue(func() error {
		_ = stdin.Close()
		return cmd.Wait()
	})
	err = json.NewEncoder(stdin).Encode(o)
	output := bufio.NewReader(stdout)
	address, readErr := output.ReadString('\n')
	if err != nil || readErr != nil {
		return nil, fmt.Errorf("start a server: %w", stop())
	}
	server := &exploreServer{address: strings.TrimSpace(address), pid: cmd.Process.Pid}
	server.stop = sync.OnceValues(func() (leftovers, error) {
		var left leftovers
		_ = stdin.Close()
		_, err := fmt.Fscan(output, &left.Goroutines, &left.Files, &left.Processes)
		return left, errors.Join(err, stop())
	})
	return server, nil
}

// leftovers are what a server has after it has closed its function, beyond what it had before it had one.
type leftovers struct{ Goroutines, Files, Processes int }

func (l leftovers) String() string {
	return fmt.Sprintf("%d goroutines, %d files, %d processes", l.Goroutines, l.Files, l.Processes)
}

// possessions counts what this process has.
func possessions() leftovers {
	files, _ := os.ReadDir("/proc/self/fd")
	tasks, _ := os.ReadDir("/proc/self/task")
	l := leftovers{Goroutines: runtime.NumGoroutine(), Files: len(files)}
	for _, task := range tasks {
		children, _ := os.ReadFile("/proc/self/task/" + task.Name() + "/children")
		l.Processes += len(strings.Fields(string(children)))
	}
	return l
}

// serve serves one function until its standard input ends.
func serve(ctx context.Context, stdin io.Reader, stdout io.Writer) error {
	in := json.NewDecoder(stdin)
	var o serveOptions
	if err := in.Decode(&o); err != nil {
		return err
	}
	if o.OwnClient {
		o.Python.Client = "" // then it cannot be used
	}
	if first, err := net.Listen("tcp", "127.0.0.1:0"); err == nil {
		_ = first.Close() // Go's own files for the network remain
	}
	before := possessions()
	if err := serveEcho(ctx, o, stdin, stdout); err != nil {
		return err
	}
	var left leftovers
	for range 50 { // connections end a little later
		now := possessions()
		left = leftovers{now.Goroutines - before.Goroutines, now.Files - before.Files, now.Processes - before.Processes}
		if left.Goroutines <= 0 && left.Files <= 0 && left.Processes <= 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	_, err := fmt.Fprintln(stdout, left.Goroutines, left.Files, left.Processes)
	return err
}

func serveEcho(ctx context.Context, o serveOptions, stdin io.Reader, stdout io.Writer) error {
	f, err := sandbox.New(ctx, sandbox.Config{
		Name: "echo", Dir: o.Stage, Handler: "index.handler", Python: o.Python, Cache: o.Cache,
		Concurrency: o.Concurrency, Timeout: time.Minute,
	})
	if err != nil {
		return err
	}
	defer f.Close()
	api := lambdaapi.New(lambdaapi.Options{
		Functions: func() []lambdaapi.Function { return []lambdaapi.Function{{Name: "echo"}} },
		Invoke: func(ctx context.Context, _ string, request lambdaruntime.Request) (*sandbox.Result, error) {
			return f.Invoke(ctx, request)
		},
	})
	defer api.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: api, ReadHeaderTimeout: 10 * time.Second}
	defer server.Close()
	go func() { _ = server.Serve(listener) }()
	debug.SetGCPercent(400) // there is little memory to collect, but often
	fmt.Fprintln(stdout, listener.Addr())
	_, err = io.Copy(io.Discard, stdin)
	return err
}

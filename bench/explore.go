package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-sparta/sparta/bench/randomevent"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// exploreClients is how many invocations run at the same time.
const exploreClients = 8

// explore measures a server on this machine that has Lambda's API: its throughput, as a multiple of that of processes
// that are invoked directly, and its memory after as many invocations as soak's.
func explore(ctx context.Context, s *session) error {
	stage, err := s.module.build(ctx, "echoany")
	if err != nil {
		return err
	}
	event, err := randomevent.Items().Event(1 << 10)
	if err != nil {
		return err
	}
	server, err := s.startServer(ctx, stage)
	if err != nil {
		return err
	}
	defer func() { _, _ = server.stop() }()
	direct, err := s.directly(ctx, stage, event)
	if err != nil {
		return err
	}
	defer direct.close()
	served, err := clients(server.address, event)
	if err != nil {
		return err
	}
	defer served.close()

	burst := s.pick(4000, 800)
	peer := &contender{name: "bare runtime", run: direct.burst(burst)}
	ours := &contender{name: "Lambda's API", run: served.burst(burst)}
	if err := race(ctx, 2, peer, ours); err != nil { // starts the environments
		return err
	}
	peer.times, ours.times = nil, nil
	if err := race(ctx, s.pick(15, 5), peer, ours); err != nil {
		return err
	}
	what := fmt.Sprintf("%d echoes (any) of 1 KB, %d at a time, by HTTP", burst, exploreClients)
	s.add("explore", what, ours.against(peer, 1.2))
	return s.serverMemory(ctx, server, served)
}

// serverMemory invokes until the server has served as many as soak does, and adds its memory.
func (s *session) serverMemory(ctx context.Context, server *exploreServer, served *callers) error {
	early, err := residentMemory(ctx, server.pid)
	if err != nil {
		s.add("explore", "memory: "+err.Error(), row{Verdict: skipped})
		return nil
	}
	if _, err := served.burst(s.invocations)(ctx); err != nil {
		return err
	}
	late, err := residentMemory(ctx, server.pid)
	if err != nil {
		return err
	}
	s.add("explore", fmt.Sprintf("resident memory of the server after %d invocations", s.invocations), row{
		Figure: fmt.Sprintf("%.1f MB", late), Peer: fmt.Sprintf("%.1f MB before them", early),
		Value: late, Unit: "MB", Bound: 60,
	})
	begin := time.Now()
	served.close()
	left, err := server.stop()
	if err != nil {
		return err
	}
	s.add("explore", "end of the server and its functions", row{
		Figure: shown(time.Since(begin)), Value: time.Since(begin).Seconds(), Unit: "s", Bound: 2,
	})
	verdict := pass
	if left.Goroutines > 0 || left.Files > 0 || left.Processes > 0 {
		verdict = miss
	}
	s.add("explore", "left after the end of its functions", row{Figure: left.String(), Verdict: verdict})
	return nil
}

// callers invoke at the same time, each in a way of its own.
type callers struct {
	call  []func(ctx context.Context) error
	close func()
}

// burst returns a function that invokes a number of times and returns how long that took.
func (c *callers) burst(times int) func(context.Context) (time.Duration, error) {
	return func(ctx context.Context) (time.Duration, error) {
		var next atomic.Int64
		var group sync.WaitGroup
		failures := make([]error, len(c.call))
		start := time.Now()
		for i, call := range c.call {
			group.Add(1)
			go func() {
				defer group.Done()
				for next.Add(1) <= int64(times) && failures[i] == nil {
					failures[i] = call(ctx)
				}
			}()
		}
		group.Wait()
		return time.Since(start), errors.Join(failures...)
	}
}

// directly returns callers of processes of their own.
func (s *session) directly(ctx context.Context, stage string, event []byte) (*callers, error) {
	var closers []io.Closer
	c := &callers{close: func() {
		for _, one := range closers {
			_ = one.Close()
		}
	}}
	for range exploreClients {
		p, err := s.start(ctx, lambdaruntime.Options{Dir: stage, Handler: "index.handler"})
		if err != nil {
			c.close()
			return nil, err
		}
		closers = append(closers, p)
		c.call = append(c.call, func(ctx context.Context) error {
			response, err := invoke(ctx, p, event)
			if err == nil && len(response.Payload) < len(event)/2 { // warm checks answers
				err = fmt.Errorf("answered %.300q", response.Payload)
			}
			return err
		})
	}
	return c, nil
}

// clients returns callers of the server, each with a connection. They do little else, because they run on the machine
// that is measured.
func clients(address string, event []byte) (*callers, error) {
	var closers []io.Closer
	c := &callers{close: func() {
		for _, one := range closers {
			_ = one.Close()
		}
	}}
	request := fmt.Appendf(nil, "POST /2015-03-31/functions/echo/invocations HTTP/1.1\r\nHost: %s\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", address, len(event), event)
	for range exploreClients {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			c.close()
			return nil, err
		}
		closers = append(closers, conn)
		reader := bufio.NewReader(conn)
		c.call = append(c.call, func(context.Context) error {
			if _, err := conn.Write(request); err != nil {
				return err
			}
			return readEcho(reader, event)
		})
	}
	return c, nil
}

// readEcho reads an answer of the server, and returns an error unless it may be the event, encoded again.
func readEcho(reader *bufio.Reader, event []byte) error {
	status, err := reader.ReadString('\n')
	if err != nil {
		return err
	}
	length := 0
	for {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return err
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(value)))
		}
		if len(line) == len("\r\n") {
			break
		}
	}
	answer := make([]byte, length)
	if _, err := io.ReadFull(reader, answer); err != nil {
		return err
	}
	if !strings.HasPrefix(status, "HTTP/1.1 200 ") || length < len(event)/2 {
		return fmt.Errorf("answered %s %.300q", status, answer)
	}
	return nil
}

// exploreServer is a server in a process of its own, so that its memory can be measured.
type exploreServer struct {
	address string
	pid     int
	stop    func() (leftovers, error)
}

// startServer starts this program as a server of a function. It ends with its standard input.
func (s *session) startServer(ctx context.Context, stage string) (*exploreServer, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return startServing(ctx, program, serveOptions{
		Stage: stage, Python: s.python, Cache: s.scratch, Concurrency: exploreClients, OwnClient: s.client == embedded,
	})
}

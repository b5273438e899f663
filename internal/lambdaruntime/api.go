package lambdaruntime

import (
	"bufio"
	"fmt"
	"sync"
	"time"
)

// maxResponse is Lambda's limit of a response, in bytes: 6 MiB and 100.
const maxResponse = 6*1024*1024 + 100

// api serves the Lambda Runtime API to one process. It does without net/http's server, which watches every
// waiting request for a closed connection: the end of the process tells that here, and benchmarks measure the rest.
type api struct {
	listener *listener
	jobs     chan *job     // unbuffered: a job is taken when the process has asked for one
	resume   chan struct{} // closed when the snapshot is to be restored
	dead     chan struct{} // closed when the process has ended
	failure  chan []byte   // the error document of an initialization or a restore; holds one

	initialize sync.Once
	readyAt    time.Time // when the process first asked for a job or for its snapshot; set before a job is taken

	conns sync.WaitGroup // and the accepting goroutine

	mu         sync.Mutex // guards what follows
	running    *job
	open       map[connection]struct{}
	drainUntil time.Time // zero while the process lives
}

// newAPI listens on an ephemeral port of the loopback interface.
func newAPI() (*api, error) {
	listener, err := listen()
	if err != nil {
		return nil, fmt.Errorf("serve the Lambda Runtime API: %w", err)
	}
	a := &api{
		listener: listener,
		jobs:     make(chan *job),
		resume:   make(chan struct{}),
		dead:     make(chan struct{}),
		failure:  make(chan []byte, 1),
		open:     map[connection]struct{}{},
	}
	a.conns.Add(1)
	go a.accept()
	return a, nil
}

func (a *api) address() string { return a.listener.address() }

// accept serves connections until drain closes the listener.
func (a *api) accept() {
	defer a.conns.Done()
	for {
		conn, err := a.listener.accept()
		if err != nil {
			return
		}
		a.mu.Lock()
		a.open[conn] = struct{}{}
		if !a.drainUntil.IsZero() { // it was in the backlog
			_ = conn.SetDeadline(a.drainUntil)
		}
		a.mu.Unlock()
		a.conns.Add(1)
		go a.converse(conn)
	}
}

// drain reads what the ended process left on its connections, for at most the given time, and closes them.
// A process that it forked may hold them open.
func (a *api) drain(patience time.Duration) {
	close(a.dead)
	_ = a.listener.Close()
	a.mu.Lock()
	a.drainUntil = time.Now().Add(patience)
	for conn := range a.open {
		_ = conn.SetDeadline(a.drainUntil)
	}
	a.mu.Unlock()
	a.conns.Wait()
}

// converse answers one request after the other until the connection ends or breaks the protocol.
func (a *api) converse(conn connection) {
	defer a.conns.Done()
	defer func() {
		a.mu.Lock()
		delete(a.open, conn)
		a.mu.Unlock()
		_ = conn.Close()
	}()
	in := bufio.NewReaderSize(conn, 32<<10)
	for {
		request, err := readRequest(in)
		if err != nil {
			return
		}
		exchange := exchange{api: a, conn: conn, request: request}
		if err := exchange.answer(); err != nil || request.last() {
			return
		}
	}
}

// ready notes the end of the initialization, once.
func (a *api) ready() {
	a.initialize.Do(func() { a.readyAt = time.Now() })
}

// begin makes j the running job.
func (a *api) begin(j *job) {
	a.mu.Lock()
	a.running = j
	a.mu.Unlock()
}

// finish returns the running job if it has this id, once.
func (a *api) finish(id string) *job {
	a.mu.Lock()
	defer a.mu.Unlock()
	j := a.running
	if j == nil || j.id != id {
		return nil
	}
	a.running = nil
	return j
}

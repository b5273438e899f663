package lambdaruntime

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// maxResponse is Lambda's limit of a response, in bytes: 6 MiB and 100.
const maxResponse = 6*1024*1024 + 100

// api serves the Lambda Runtime API to one process.
type api struct {
	server      *http.Server
	listener    net.Listener
	connections *connections
	jobs        chan *job     // unbuffered: a job is received when the process has asked for one
	resume      chan struct{} // closed when the snapshot is to be restored
	dead        chan struct{} // closed when the process has ended
	failure     chan []byte   // the error document of an initialization or a restore; holds one
	idle        chan struct{} // holds one value while the process waits for a job that it has asked for

	start   sync.Once
	started chan struct{} // closed when group is set
	group   int           // the ID of the process, which leads a group; 0 if none has been started
	served  chan struct{} // closed when no connection is accepted any more

	initialize sync.Once
	readyAt    time.Time // when the process first asked for a job or for its snapshot; set before a job is received

	mu      sync.Mutex // guards running
	running *job
}

func (a *api) address() string { return a.listener.Addr().String() }

// drain reads what the ended process has sent, for at most the given time, and closes its connections. A
// process that it forked may keep them open.
func (a *api) drain(limit time.Duration) {
	a.serveProcess(0) // has no effect if there is a process
	close(a.dead)
	_ = a.listener.Close()
	<-a.served
	a.connections.drain(limit)
	_ = a.server.Close()
}

// ready records when the initialization ended, once.
func (a *api) ready() {
	a.initialize.Do(func() { a.readyAt = time.Now() })
}

// begin makes j the running job.
func (a *api) begin(j *job) {
	select {
	case <-a.idle:
	default:
	}
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

package lambdaruntime

import (
	"net"
	"sync"
	"time"
)

// connections are the connections of a process to its Runtime API. If a process responds and ends at once, its
// response is still in a connection, which http.Server's Shutdown would close without reading it.
type connections struct {
	ended sync.WaitGroup

	mu    sync.Mutex // guards what follows
	open  map[*connection]struct{}
	until time.Time // when reading ends; zero while the process lives
}

// drain waits until all connections have ended, for at most the given time. None may be added any more.
func (c *connections) drain(limit time.Duration) {
	c.mu.Lock()
	c.until = time.Now().Add(limit)
	for conn := range c.open {
		_ = conn.Conn.SetDeadline(c.until)
	}
	c.mu.Unlock()
	c.ended.Wait()
}

// add adds a connection.
func (c *connections) add(accepted net.Conn) net.Conn {
	conn := &connection{Conn: accepted, of: c}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open[conn] = struct{}{}
	c.ended.Add(1)
	return conn
}

// connection is one of a process's connections.
type connection struct {
	net.Conn
	of     *connections
	closed sync.Once
}

// SetReadDeadline keeps http.Server, which clears deadlines between two requests, from clearing that of drain.
func (c *connection) SetReadDeadline(t time.Time) error {
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	if until := c.of.until; !until.IsZero() && (t.IsZero() || t.After(until)) {
		t = until
	}
	return c.Conn.SetReadDeadline(t)
}

// Close ends the connection.
func (c *connection) Close() error {
	c.closed.Do(func() {
		c.of.mu.Lock()
		delete(c.of.open, c)
		c.of.mu.Unlock()
		c.of.ended.Done()
	})
	return c.Conn.Close()
}

// drainedListener accepts connections of one process, which can be drained.
type drainedListener struct {
	net.Listener
	connections *connections
	admits      func(net.Conn) bool
}

// Accept waits for the next connection that is admitted, and closes others.
func (l drainedListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if l.admits(conn) {
			return l.connections.add(conn), nil
		}
		_ = conn.Close()
	}
}

package lambdaruntime

import (
	"errors"
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

	holds bool
	held  []byte // the start of what is being sent
}

// send calls write, and sends the first part of what it writes together with the second: http.Server writes the start
// of a response apart, and the process would wake up for that.
func (c *connection) send(write func() error) error {
	c.holds = true
	err := write()
	c.holds = false
	if len(c.held) == 0 {
		return err
	}
	_, sent := c.Conn.Write(c.held) // there was no second part
	c.held = c.held[:0]
	return errors.Join(err, sent)
}

// Write sends data, unless it is the first part that send holds.
func (c *connection) Write(data []byte) (int, error) {
	if c.holds {
		c.holds, c.held = false, append(c.held, data...)
		return len(data), nil
	}
	if len(c.held) == 0 {
		return c.Conn.Write(data)
	}
	parts := net.Buffers{c.held, data}
	_, err := parts.WriteTo(c.Conn)
	c.held = c.held[:0]
	return len(data), err
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

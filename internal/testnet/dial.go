// Package testnet serves HTTP over connections in memory. Within a bubble of testing/synctest the clock then stands
// still while a request is being served, and jumps to the end of every pause and timeout.
package testnet

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"syscall"
)

// Dial connects to a host, as net.Dialer.DialContext does.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// To returns a Dial that connects to the handler, whatever the address is. A connection serves one request, so that
// none is idle once its request has ended.
func To(handler http.Handler) Dial {
	return func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		reset := &atomic.Bool{}
		server := &http.Server{Handler: handler}
		server.SetKeepAlivesEnabled(false)
		go func() { _ = server.Serve(&listener{conn: resettable{far, reset}}) }() // it always ends with errAccepted
		return caller{near, reset}, nil
	}
}

// Reset ends a hijacked connection as a crashed peer does.
func Reset(conn net.Conn) {
	switch conn := conn.(type) {
	case resettable:
		conn.reset.Store(true)
	case *net.TCPConn:
		_ = conn.SetLinger(0)
	}
	_ = conn.Close()
}

// listener accepts one connection.
type listener struct{ conn net.Conn }

var errAccepted = errors.New("the one connection has been accepted")

func (l *listener) Accept() (net.Conn, error) {
	conn := l.conn
	if conn == nil {
		return nil, errAccepted
	}
	l.conn = nil
	return conn, nil
}

func (l *listener) Close() error   { return nil }
func (l *listener) Addr() net.Addr { return address{} }

type address struct{}

func (address) Network() string { return "memory" }
func (address) String() string  { return "memory" }

// resettable is the server's end of a connection.
type resettable struct {
	net.Conn
	reset *atomic.Bool
}

// caller is the client's end.
type caller struct {
	net.Conn
	reset *atomic.Bool
}

func (c caller) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	return n, c.explain("read", err)
}

func (c caller) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	return n, c.explain("write", err)
}

// explain returns the error that a network connection would return.
func (c caller) explain(operation string, err error) error {
	if c.reset.Load() && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrClosedPipe)) {
		return &net.OpError{Op: operation, Net: "tcp", Err: syscall.ECONNRESET}
	}
	return err
}

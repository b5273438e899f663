//go:build !unix

package lambdaruntime

import "net"

// listener accepts TCP connections on an ephemeral port of the loopback interface.
type listener struct{ net.Listener }

func listen() (*listener, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	return &listener{l}, nil
}

func (l *listener) address() string { return l.Addr().String() }

func (l *listener) accept() (connection, error) { return l.Accept() }

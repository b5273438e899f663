package lambdaruntime

import (
	"bufio"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"
)

// connect makes a listener and both ends of a connection to it, which end with the test.
func connect(t *testing.T) (l *listener, client net.Conn, conn connection) {
	t.Helper()
	l, err := listen()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	if client, err = net.Dial("tcp", l.address()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	if conn, err = l.accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return l, client, conn
}

func TestListener(t *testing.T) {
	l, client, conn := connect(t)
	if _, err := io.WriteString(client, "ping\n"); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(conn).ReadString('\n'); line != "ping\n" {
		t.Errorf("got %q, %v", line, err)
	}
	// More than a socket's buffers hold.
	large := make([]byte, 8<<20)
	sent := make(chan error, 1)
	go func() {
		_, err := conn.Write(large)
		sent <- errors.Join(err, conn.SetDeadline(time.Now().Add(10*time.Millisecond)))
	}()
	if n, err := io.ReadFull(client, make([]byte, len(large))); n != len(large) {
		t.Errorf("got %d bytes, %v", n, err)
	}
	if err := <-sent; err != nil {
		t.Error(err)
	}
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("after its deadline, the connection says %v", err)
	}
	if err := conn.SetDeadline(time.Time{}); err != nil {
		t.Fatal(err)
	}
	client.Close()
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("at its end, the connection says %v", err)
	}

	ended := make(chan error, 1)
	go func() {
		_, err := l.accept()
		ended <- err
	}()
	time.Sleep(10 * time.Millisecond)
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	select {
	case err := <-ended:
		if err == nil {
			t.Error("a closed listener accepts")
		}
	case <-time.After(10 * time.Second):
		t.Error("a closed listener still waits")
	}
}

func TestListenersAreApart(t *testing.T) {
	l, err := listen()
	if err != nil {
		t.Fatal(err)
	}
	other, err := listen()
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if l.address() == other.address() {
		t.Errorf("two listeners at %s", l.address())
	}
	address := l.address()
	l.Close()
	if conn, err := net.DialTimeout("tcp", address, time.Second); err == nil {
		conn.Close()
		t.Error("a closed listener is connected to")
	}
}

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

func TestListener(t *testing.T) {
	l, err := listen()
	if err != nil {
		t.Fatal(err)
	}
	client, err := net.Dial("tcp", l.address())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	conn, err := l.accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()

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
	if _, err := conn.Read(make([]byte, 1)); err != io.EOF {
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

package lambdaruntime

import (
	"net"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// A process can report an error and end while its connection is being accepted.
func TestAConnectionAtTheEndOfAProcess(t *testing.T) {
	for range 800 { // it takes longer to find out whose connection it is if the process has many files open
		file, err := os.Open(os.DevNull)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
	}
	for range 3 {
		api, err := newAPI()
		if err != nil {
			t.Fatal(err)
		}
		conn, err := net.Dial("tcp", api.address())
		if err != nil {
			t.Fatal(err)
		}
		const report = "POST /2018-06-01/runtime/init/error HTTP/1.1\r\n" +
			"Host: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
		if _, err := conn.Write([]byte(report)); err != nil {
			t.Fatal(err)
		}
		awaitAccepted(t)
		api.serveProcess(os.Getpid())
		api.drain(10 * time.Second)
		if len(api.failure) != 1 {
			t.Error("what the process has reported is lost")
		}
		_ = conn.Close()
	}
}

func TestTheEndOfAProcessDoesNotSayWhoseAConnectionIs(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ours, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	conn, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for range 50 { // it must not be chance
		ended := &api{started: make(chan struct{}), dead: make(chan struct{})}
		ended.serveProcess(os.Getpid())
		close(ended.dead)
		if !ended.admits(conn) {
			t.Fatal("a connection of the process is refused because it has ended")
		}
	}
}

// awaitAccepted waits until a Runtime API has accepted a connection and finds out whose it is.
func awaitAccepted(t *testing.T) {
	t.Helper()
	stacks := make([]byte, 1<<20)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if strings.Contains(string(stacks[:runtime.Stack(stacks, true)]), "lambdaruntime.(*api).admits(") {
			return
		}
	}
	t.Fatal("the connection was not accepted in 10 seconds")
}

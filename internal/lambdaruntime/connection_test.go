package lambdaruntime

import (
	"net"
	"os"
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
		time.Sleep(time.Millisecond) // for Accept
		api.serveProcess(os.Getpid())
		api.drain(10 * time.Second)
		if len(api.failure) != 1 {
			t.Error("what the process has reported is lost")
		}
		_ = conn.Close()
	}
}

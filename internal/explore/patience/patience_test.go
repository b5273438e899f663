//go:build go1.25

package patience_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/explore/patience"
	"github.com/go-sparta/sparta/internal/testnet"
)

const pause = time.Minute

func connect(t *testing.T, next http.HandlerFunc) net.Conn {
	t.Helper()
	conn, err := testnet.To(patience.Handler(next, pause))(t.Context(), "tcp", "")
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func TestAClientThatStopsSending(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		conn := connect(t, func(w http.ResponseWriter, r *http.Request) {
			text, err := io.ReadAll(r.Body)
			if string(text) != "ab" || !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("the body is %q, %v", text, err)
			}
			w.WriteHeader(http.StatusRequestTimeout)
		})
		defer conn.Close()
		begin := time.Now()
		for _, part := range []string{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n", "a", "b"} {
			time.Sleep(pause / 2)
			if _, err := io.WriteString(conn, part); err != nil {
				t.Fatal(err)
			}
		}
		answer, err := io.ReadAll(conn)
		if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 408 ") {
			t.Errorf("the answer is %q, %v", answer, err)
		}
		if took := time.Since(begin); took != 5*pause/2 {
			t.Errorf("it took %v", took)
		}
	})
}

func TestAClientThatStopsReading(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		failure := make(chan error, 1)
		conn := connect(t, func(w http.ResponseWriter, _ *http.Request) {
			var err error
			for err == nil {
				_, err = w.Write(make([]byte, 1<<20))
			}
			failure <- err
		})
		defer conn.Close()
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		if err := <-failure; !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("the error is %v", err)
		}
	})
}

// Whoever has sent a request may wait for as long as it takes, and may use the connection again.
func TestASlowServer(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		conn := connect(t, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			_, _ = io.WriteString(w, "begin")
			_ = http.NewResponseController(w).Flush()
			time.Sleep(10 * pause)
			if err := r.Context().Err(); err != nil {
				t.Errorf("the request has ended: %v", err)
			}
			_, _ = io.WriteString(w, "end")
		})
		defer conn.Close()
		if _, err := io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na"); err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(conn)
		if err != nil || !strings.Contains(string(answer), "begin") || !strings.Contains(string(answer), "end") {
			t.Errorf("the answer is %q, %v", answer, err)
		}
	})
}

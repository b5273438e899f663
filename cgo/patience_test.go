//go:build !lambdabinary && go1.25

package cgo

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/explore/patience"
	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/internal/testnet"
)

// A client that stops within its request gets an answer, and keeps nothing.
func TestExecuteEndsTheRequestsOfClientsThatPause(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		defer time.Sleep(time.Second) // until the server, which waits for the client to close, has ended
		body := make(chan error, 1)
		server := newServer(&gateway.Gateway{Site: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, err := io.ReadAll(r.Body)
			body <- err
			w.WriteHeader(http.StatusRequestTimeout)
		})})
		conn, err := testnet.To(server.Handler)(t.Context(), "tcp", "")
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		const part = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na"
		if _, err := io.WriteString(conn, part); err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if err := <-body; !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("the body ends with %v", err)
		}
		if took := time.Since(begin); response.StatusCode != http.StatusRequestTimeout || took != patience.Usual {
			t.Errorf("the answer is %s, after %v", response.Status, took)
		}
	})
}

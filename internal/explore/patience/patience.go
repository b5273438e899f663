// Package patience ends the connections of clients that pause for too long while they send a request or read its
// answer.
package patience

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// Usual is how long the clients of servers on this machine may pause.
const Usual = 30 * time.Second

// Handler returns a handler whose clients may pause for a while, but no longer. The body of a client that pauses for
// longer ends with os.ErrDeadlineExceeded.
func Handler(next http.Handler, pause time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn := http.NewResponseController(w) // where it has no deadlines, clients may take their time
		_ = conn.SetWriteDeadline(time.Time{})
		copied := *r // the server keeps its own body
		copied.Body = &body{r.Body, conn, pause}
		next.ServeHTTP(&writer{w, conn, pause}, &copied)
	})
}

// body is the body of a request, whose client has some time for each part.
type body struct {
	io.ReadCloser
	conn  *http.ResponseController
	pause time.Duration
}

func (b *body) Read(p []byte) (int, error) {
	_ = b.conn.SetReadDeadline(time.Now().Add(b.pause))
	n, err := b.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) { // what comes next is another request
		_ = b.conn.SetReadDeadline(time.Time{})
	}
	return n, err
}

// writer writes an answer, whose client has some time for each part.
type writer struct {
	http.ResponseWriter
	conn  *http.ResponseController
	pause time.Duration
}

func (w *writer) Write(p []byte) (int, error) {
	_ = w.conn.SetWriteDeadline(time.Now().Add(w.pause))
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController find what the writer wraps.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

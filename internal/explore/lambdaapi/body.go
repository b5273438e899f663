package lambdaapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// Lambda's limits of an event, in bytes.
const (
	maxEvent      = 6 << 20
	maxAsyncEvent = 1 << 20
)

const (
	chunk        = 256 << 10 // how much is read or written before the time limit of a client begins again
	small        = 64 << 10  // bodies of this size need no room
	maxDiscarded = 64 << 20  // how much of a body that is too large is read: clients read the answer only afterwards
	roomUnit     = 1 << 20
	roomUnits    = 24
)

// room limits the memory of the bodies that are being read, however many clients send them.
type room struct {
	turn  chan struct{} // held by the one that takes units
	units chan struct{}
}

func newRoom() room { return room{make(chan struct{}, 1), make(chan struct{}, roomUnits)} }

// take waits for room for a body, until ctx ends. The caller calls leave when the body is complete.
func (r room) take(ctx context.Context, size int64) (leave func(), err error) {
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	taken := 0
	leave = func() {
		for range taken {
			<-r.units
		}
	}
	for int64(taken)*roomUnit < size {
		select {
		case r.units <- struct{}{}:
			taken++
		case <-ctx.Done():
			leave()
			return nil, ctx.Err()
		}
	}
	return leave, nil
}

// transfer reads a request or writes an answer of a client that may pause only for a while.
type transfer struct {
	conn     *http.ResponseController
	patience time.Duration
}

// errSlow is the error of a client that has paused for too long.
var errSlow = &Error{
	Status: http.StatusRequestTimeout, Kind: "RequestTimeoutException",
	Message: "The request has not arrived completely: the client has paused for too long.",
}

// event reads the event of a request.
func (h *Handler) event(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, *Error) {
	t := transfer{http.NewResponseController(w), h.options.Patience}
	size := r.ContentLength
	if size > limit {
		t.discard(w, r.Body)
		return nil, tooLarge(limit)
	}
	if size < 0 {
		size = limit
	}
	if size > small {
		ctx, cancel := context.WithTimeout(r.Context(), h.options.Patience)
		defer cancel()
		leave, err := h.room.take(ctx, size)
		if err != nil {
			t.close(w)
			return nil, tooMany("CallerRateLimitExceeded")
		}
		defer leave()
	}
	if 0 <= r.ContentLength && r.ContentLength <= small {
		return t.readSmall(w, r)
	}
	var body bytes.Buffer
	if r.ContentLength > 0 {
		body.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	n, err := t.read(&body, r.Body, limit+1)
	switch {
	case n > limit:
		t.discard(w, r.Body)
		return nil, tooLarge(limit)
	case timedOut(err):
		t.close(w)
		return nil, errSlow
	case err != nil:
		t.close(w)
		return nil, invalidContent("Could not read the request body: " + err.Error())
	}
	t.done()
	return body.Bytes(), nil
}

// readSmall reads a body of a known and small size.
func (t transfer) readSmall(w http.ResponseWriter, r *http.Request) ([]byte, *Error) {
	body := make([]byte, r.ContentLength)
	_ = t.conn.SetReadDeadline(time.Now().Add(t.patience))
	_, err := io.ReadFull(r.Body, body)
	switch {
	case timedOut(err):
		t.close(w)
		return nil, errSlow
	case err != nil:
		t.close(w)
		return nil, invalidContent("Could not read the request body: " + err.Error())
	}
	t.done()
	return body, nil
}

// read copies at most the given number of bytes.
func (t transfer) read(to io.Writer, from io.Reader, most int64) (n int64, err error) {
	for n < most && err == nil {
		_ = t.conn.SetReadDeadline(time.Now().Add(t.patience)) // where it is not supported, clients may take their time
		var copied int64
		copied, err = io.CopyN(to, from, min(chunk, most-n))
		n += copied
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// discard reads the rest of a body that is too large.
func (t transfer) discard(w http.ResponseWriter, body io.Reader) {
	n, err := t.read(io.Discard, body, maxDiscarded)
	if err != nil || n == maxDiscarded {
		t.close(w)
		return
	}
	t.done()
}

// done ends the time limit of a request that has been read.
func (t transfer) done() { _ = t.conn.SetReadDeadline(time.Time{}) }

// close closes the connection after the answer: http.Server must not wait for the rest of the request.
func (t transfer) close(w http.ResponseWriter) {
	w.Header().Set("Connection", "close")
	_ = t.conn.SetReadDeadline(time.Now())
}

// write answers a request, large answers in chunks.
func (t transfer) write(w http.ResponseWriter, body []byte) {
	writeHeader(w, http.StatusOK, len(body))
	for err := error(nil); len(body) > 0 && err == nil; {
		t.limitAnswer()
		n := min(chunk, len(body))
		_, err = w.Write(body[:n])
		body = body[n:]
	}
}

// limitAnswer begins the time limit of a client that does not read.
func (t transfer) limitAnswer() { _ = t.conn.SetWriteDeadline(time.Now().Add(t.patience)) }

// finish sends what is left of an answer, and ends its time limit: the connection may be used again.
func (t transfer) finish() {
	t.limitAnswer()
	_ = t.conn.Flush() // if it fails, http.Server closes the connection
	_ = t.conn.SetWriteDeadline(time.Time{})
}

// timedOut reports whether an error is that of a time limit.
func timedOut(err error) bool {
	if err == nil {
		return false // what follows allocates memory
	}
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

package lambdaruntime

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// errTooLarge is the error of a response that exceeds maxResponse.
var errTooLarge = errors.New("response too large")

// next waits for a job and sends it to the process.
func (a *api) next(w http.ResponseWriter, r *http.Request) {
	a.ready()
	select {
	case a.idle <- struct{}{}:
	default: // another process of the function has asked already
	}
	select {
	case j := <-a.jobs:
		a.begin(j)
		j.send(w, r.Context().Value(connectionKey{}).(*connection))
	case <-a.dead:
		hangUp()
	case <-r.Context().Done(): // the next request receives the job
	}
}

// restore blocks, as it does on Lambda across the snapshot, until the first invocation.
func (a *api) restore(w http.ResponseWriter, r *http.Request) {
	a.ready()
	select {
	case <-a.resume:
		reply(w, http.StatusOK, nil)
	case <-a.dead:
		hangUp()
	case <-r.Context().Done():
	}
}

// failed receives the error document of an initialization or a restore.
func (a *api) failed(w http.ResponseWriter, r *http.Request) {
	document, err := body(r)
	if err != nil {
		hangUp() // the process ended while it sent the document
	}
	select {
	case a.failure <- document:
	default: // the first one counts
	}
	accept(w)
}

// finished receives the response or the error document of the running job.
func (a *api) finished(w http.ResponseWriter, r *http.Request, failed bool) {
	payload, err := body(r)
	if err != nil && !errors.Is(err, errTooLarge) {
		hangUp()
	}
	j := a.finish(r.PathValue("id"))
	if j == nil {
		refuse(w, http.StatusBadRequest, "InvalidRequestID", "no invocation "+r.PathValue("id")+" is running")
		return
	}
	if err != nil {
		j.answered(errorDocument("Function.ResponseSizeTooLarge", fmt.Sprintf(
			"Response payload size exceeded maximum allowed payload size (%d bytes).", maxResponse)), "", true)
		refuse(w, http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", err.Error())
		return
	}
	// A streamed response that fails reports it after its last byte.
	if r.Trailer.Get("Lambda-Runtime-Function-Error-Type") != "" {
		payload, failed = streamError(r.Trailer), true
	}
	j.answered(payload, r.Header.Get("Content-Type"), failed)
	accept(w)
}

// streamError returns the error document in the trailer of a streamed response.
func streamError(trailer http.Header) []byte {
	document, err := base64.StdEncoding.DecodeString(trailer.Get("Lambda-Runtime-Function-Error-Body"))
	if err != nil || len(document) == 0 {
		return errorDocument(trailer.Get("Lambda-Runtime-Function-Error-Type"), "")
	}
	return document
}

// body reads the whole body of a request, with a single allocation if the length is known.
func body(r *http.Request) ([]byte, error) {
	if r.ContentLength > maxResponse {
		return nil, errors.Join(errTooLarge, discard(r.Body))
	}
	if r.ContentLength >= 0 {
		content := make([]byte, r.ContentLength)
		_, err := io.ReadFull(r.Body, content)
		return content, err
	}
	var content bytes.Buffer
	n, err := io.Copy(&content, io.LimitReader(r.Body, maxResponse+1))
	if err != nil {
		return nil, err
	}
	err = discard(r.Body) // a trailer is read with the end of the body
	if n > maxResponse {
		err = errors.Join(errTooLarge, err)
	}
	return content.Bytes(), err
}

// discard reads the rest of a body, up to maxDiscarded bytes: clients read the answer only afterwards.
func discard(body io.Reader) error {
	n, err := io.Copy(io.Discard, io.LimitReader(body, maxDiscarded))
	if n == maxDiscarded {
		hangUp()
	}
	return err
}

// maxDiscarded is how much of a response is read, in bytes, after it is known to be too large.
const maxDiscarded = 256 << 20

// hangUp closes the connection of a process that no longer needs an answer.
func hangUp() { panic(http.ErrAbortHandler) }

func accept(w http.ResponseWriter) { reply(w, http.StatusAccepted, []byte(`{"status":"OK"}`)) }

func refuse(w http.ResponseWriter, status int, kind, message string) {
	reply(w, status, errorDocument(kind, message))
}

// reply responds to a request. It ignores a broken connection: the process has ended.
func reply(w http.ResponseWriter, status int, document []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(document)))
	w.WriteHeader(status)
	_, _ = w.Write(document)
}

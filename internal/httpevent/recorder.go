package httpevent

import (
	"bytes"
	"net/http"
)

// Recorder is an [http.ResponseWriter] that keeps what a handler writes.
type Recorder struct {
	Status int         // 0 until it is written
	Sent   http.Header // header as it was when the status was written
	Body   bytes.Buffer

	header http.Header
}

// NewRecorder returns a Recorder to which nothing has been written.
func NewRecorder() *Recorder { return &Recorder{header: http.Header{}} }

// Header returns the header that is sent with the status.
func (r *Recorder) Header() http.Header { return r.header }

// WriteHeader keeps the first final status, as net/http does.
func (r *Recorder) WriteHeader(status int) {
	informational := status >= 100 && status < 200 && status != http.StatusSwitchingProtocols
	if r.Sent != nil || informational {
		return
	}
	r.Status = status
	r.Sent = r.header.Clone()
}

// Write adds to the body.
func (r *Recorder) Write(data []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.Body.Write(data)
}

// WriteString adds to the body.
func (r *Recorder) WriteString(data string) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.Body.WriteString(data)
}

// Flush exists for handlers that require an [http.Flusher].
func (r *Recorder) Flush() { r.WriteHeader(http.StatusOK) }

package lambdaruntime

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Request is one invocation. Only Payload is required.
type Request struct {
	Payload       []byte          // the event; JSON, unless the function accepts other data
	ClientContext json.RawMessage // as a mobile SDK sends it, but decoded: {"custom": …, "env": …, "client": …}
	Identity      json.RawMessage // {"cognitoIdentityId": …, "cognitoIdentityPoolId": …}
	TraceID       string          // X-Ray's header; empty means none
	TenantID      string
	FunctionARN   string    // the ARN that the caller used, with its qualifier; empty means Options.FunctionARN
	RequestID     string    // empty means a random one
	Deadline      time.Time // zero means Options.Timeout after the process has received the event
}

// Response is the result of an invocation.
type Response struct {
	RequestID    string
	Payload      []byte        // the function's response or, if Failed, the error document
	ContentType  string        // as the process sent it; empty for a document of Lambda's own
	Failed       bool          // the payload is {"errorType": …, "errorMessage": …, …}
	Duration     time.Duration // from sending the event until the response
	InitDuration time.Duration // from the start of the process until it asked for an event; zero if it was warm
}

// job is a request that a process works on.
type job struct {
	id       string
	request  Request
	timeout  time.Duration
	header   http.Header // of the request, without its deadline
	finished chan answer
}

// answer is what the process posted for a job.
type answer struct {
	payload     []byte
	contentType string
	failed      bool
	at          time.Time
}

// newJob returns the job for a request, or an error if the request is invalid.
func newJob(request Request, arn string, timeout time.Duration) (*job, error) {
	j := &job{
		id:       request.RequestID,
		request:  request,
		timeout:  timeout,
		header:   http.Header{},
		finished: make(chan answer, 1),
	}
	if j.id == "" {
		j.id = NewRequestID()
	}
	if url.PathEscape(j.id) != j.id { // it becomes a part of paths
		return nil, fmt.Errorf("request ID %q is invalid: use letters, digits and -._~", j.id)
	}
	clientContext, err := compact("client context", request.ClientContext)
	if err != nil {
		return nil, err
	}
	identity, err := compact("identity", request.Identity)
	if err != nil {
		return nil, err
	}
	for _, header := range [][2]string{
		{"Lambda-Runtime-Aws-Request-Id", j.id},
		{"Lambda-Runtime-Invoked-Function-Arn", arn},
		{"Lambda-Runtime-Trace-Id", request.TraceID},
		{"Lambda-Runtime-Client-Context", clientContext},
		{"Lambda-Runtime-Cognito-Identity", identity},
		{"Lambda-Runtime-Aws-Tenant-Id", request.TenantID},
	} {
		if strings.ContainsAny(header[1], "\r\n\x00") {
			return nil, fmt.Errorf("%s must be on one line, got %q", header[0], header[1])
		}
		if header[1] != "" {
			j.header.Set(header[0], header[1])
		}
	}
	return j, nil
}

// compact returns the JSON document on one line.
func compact(name string, document json.RawMessage) (string, error) {
	if len(document) == 0 {
		return "", nil
	}
	var line bytes.Buffer
	if err := json.Compact(&line, document); err != nil {
		return "", fmt.Errorf("%s is not JSON: %w", name, err)
	}
	return line.String(), nil
}

// NewRequestID returns a random UUID.
func NewRequestID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	id := make([]byte, 0, 36)
	for i, part := range [][]byte{b[:4], b[4:6], b[6:8], b[8:10], b[10:]} {
		if i > 0 {
			id = append(id, '-')
		}
		id = hex.AppendEncode(id, part)
	}
	return string(id)
}

// deadline returns the time by which a job that starts now must be done.
func (j *job) deadline(now time.Time) time.Time {
	if j.request.Deadline.IsZero() {
		return now.Add(j.timeout)
	}
	return j.request.Deadline
}

// send writes the job to the process.
func (j *job) send(w http.ResponseWriter, to *connection) {
	header := w.Header()
	maps.Copy(header, j.header)
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(len(j.request.Payload)))
	header.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(j.deadline(time.Now()).UnixMilli(), 10))
	_ = to.send(func() error { // if the process cannot read it, it ends or times out
		_, err := w.Write(j.request.Payload)
		return errors.Join(err, http.NewResponseController(w).Flush())
	})
}

// answered passes the process's response on to await.
func (j *job) answered(payload []byte, contentType string, failed bool) {
	j.finished <- answer{payload, contentType, failed, time.Now()}
}

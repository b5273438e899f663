package gateway

import (
	"context"
	"fmt"
	"net/http"
)

// Preview returns the event that a function would receive for a request. It invokes no function and no authorizer.
func (g *Gateway) Preview(r *http.Request) (event []byte, err error) {
	preview := *g
	preview.Bypass = true
	preview.Invoke = func(_ context.Context, _ string, received []byte) ([]byte, error) {
		event = received
		return []byte(`{"statusCode":200}`), nil
	}
	preview.Failed = func(_ string, failure error) { err = failure }
	answer := &refusal{header: http.Header{}}
	preview.ServeHTTP(answer, r)
	if event == nil && err == nil {
		err = fmt.Errorf("%s %s is answered with %d %s", r.Method, r.URL.Path, answer.status, answer.body)
	}
	if event != nil {
		err = nil // it is about the answer, which is none
	}
	return event, err
}

// refusal is the answer to a request that no function receives.
type refusal struct {
	header http.Header
	status int
	body   []byte
}

func (r *refusal) Header() http.Header { return r.header }

func (r *refusal) WriteHeader(status int) { r.status = status }

func (r *refusal) Write(part []byte) (int, error) {
	r.body = append(r.body, part...)
	return len(part), nil
}

package lambdaruntime

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
)

const (
	apiPath        = "/2018-06-01/runtime/"
	invocationPath = "invocation/"
)

// errEnded ends a connection whose process needs no answer any more.
var errEnded = errors.New("the process has ended")

// errTooLarge says that a response exceeds maxResponse.
var errTooLarge = errors.New("response too large")

// exchange is one request of the process and its answer.
type exchange struct {
	api     *api
	conn    net.Conn
	request *http.Request
}

// answer serves the request; its error ends the connection.
func (e exchange) answer() error {
	path, ok := strings.CutPrefix(e.request.URL.Path, apiPath)
	if !ok {
		return e.refuse(http.StatusNotFound, "Runtime.UnknownPath", e.request.URL.Path)
	}
	switch method := e.request.Method; {
	case method == http.MethodGet && path == "invocation/next":
		return e.next()
	case method == http.MethodGet && path == "restore/next":
		return e.restore()
	case method == http.MethodPost && (path == "init/error" || path == "restore/error"):
		return e.failed()
	case method == http.MethodPost && strings.HasPrefix(path, invocationPath):
		id, kind, _ := strings.Cut(path[len(invocationPath):], "/")
		if kind == "response" || kind == "error" {
			return e.finished(id, kind == "error")
		}
	}
	return e.refuse(http.StatusNotFound, "Runtime.UnknownPath", e.request.Method+" "+e.request.URL.Path)
}

// next waits for a job and hands it to the process.
func (e exchange) next() error {
	e.api.ready()
	select {
	case j := <-e.api.jobs:
		e.api.begin(j)
		return j.send(e.conn)
	case <-e.api.dead:
		return errEnded
	}
}

// restore blocks, as it does on Lambda across the snapshot, until the first invocation.
func (e exchange) restore() error {
	e.api.ready()
	select {
	case <-e.api.resume:
		return e.reply(http.StatusOK, "")
	case <-e.api.dead:
		return errEnded
	}
}

// failed takes the error document of an initialization or a restore.
func (e exchange) failed() error {
	document, err := e.body()
	if err != nil {
		return err
	}
	select {
	case e.api.failure <- document:
	default: // the first one counts
	}
	return e.accepted()
}

// finished takes the response or the error document of the running job.
func (e exchange) finished(id string, failed bool) error {
	payload, err := e.body()
	if err != nil && !errors.Is(err, errTooLarge) {
		return err
	}
	j := e.api.finish(id)
	if j == nil {
		return e.refuse(http.StatusBadRequest, "InvalidRequestID", "no invocation "+id+" is running")
	}
	if err != nil {
		j.answered(errorDocument("Function.ResponseSizeTooLarge", fmt.Sprintf(
			"Response payload size exceeded maximum allowed payload size (%d bytes).", maxResponse)), "", true)
		return e.refuse(http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", err.Error())
	}
	// A streamed response that breaks off tells so after its last byte.
	if e.request.Trailer.Get("Lambda-Runtime-Function-Error-Type") != "" {
		payload, failed = brokenOff(e.request.Trailer), true
	}
	j.answered(payload, e.request.Header.Get("Content-Type"), failed)
	return e.accepted()
}

// brokenOff returns the error document in the trailer of a streamed response.
func brokenOff(trailer http.Header) []byte {
	document, err := base64.StdEncoding.DecodeString(trailer.Get("Lambda-Runtime-Function-Error-Body"))
	if err != nil || len(document) == 0 {
		return errorDocument(trailer.Get("Lambda-Runtime-Function-Error-Type"), "")
	}
	return document
}

// body reads the whole request body: into one allocation where its length is given.
func (e exchange) body() ([]byte, error) {
	if e.request.Header.Get("Expect") == "100-continue" {
		if _, err := io.WriteString(e.conn, "HTTP/1.1 100 Continue\r\n\r\n"); err != nil {
			return nil, err
		}
	}
	length := e.request.ContentLength
	if length > maxResponse {
		_, err := io.Copy(io.Discard, e.request.Body)
		return nil, errors.Join(errTooLarge, err)
	}
	if length >= 0 {
		body := make([]byte, length)
		_, err := io.ReadFull(e.request.Body, body)
		return body, err
	}
	var body bytes.Buffer
	n, err := io.Copy(&body, io.LimitReader(e.request.Body, maxResponse+1))
	if err == nil && n > maxResponse {
		_, err = io.Copy(io.Discard, e.request.Body)
		return nil, errors.Join(errTooLarge, err)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, e.request.Body) // a trailer is read with the end of the body
	}
	return body.Bytes(), err
}

func (e exchange) accepted() error { return e.reply(http.StatusAccepted, `{"status":"OK"}`) }

func (e exchange) refuse(status int, kind, message string) error {
	if e.request.ContentLength != 0 {
		_, _ = io.Copy(io.Discard, e.request.Body)
	}
	return e.reply(status, string(errorDocument(kind, message)))
}

func (e exchange) reply(status int, body string) error {
	answer := make([]byte, 0, 128+len(body))
	answer = append(answer, "HTTP/1.1 "...)
	answer = strconv.AppendInt(answer, int64(status), 10)
	answer = append(answer, ' ')
	answer = append(answer, http.StatusText(status)...)
	answer = append(answer, "\r\nContent-Type: application/json\r\nContent-Length: "...)
	answer = strconv.AppendInt(answer, int64(len(body)), 10)
	answer = append(answer, "\r\n\r\n"...)
	answer = append(answer, body...)
	_, err := e.conn.Write(answer)
	return err
}

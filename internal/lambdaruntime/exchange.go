package lambdaruntime

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

const (
	apiPath        = "/2018-06-01/runtime/"
	invocationPath = "invocation/"
)

// Status lines, without the protocol.
const (
	ok         = "200 OK"
	accepted   = "202 Accepted"
	badRequest = "400 Bad Request"
	notFound   = "404 Not Found"
	tooLarge   = "413 Request Entity Too Large"
)

// errEnded ends a connection whose process needs no answer any more.
var errEnded = errors.New("the process has ended")

// errTooLarge says that a response exceeds maxResponse.
var errTooLarge = errors.New("response too large")

// exchange is one request of the process and its answer.
type exchange struct {
	api     *api
	conn    connection
	request *request
}

// answer serves the request; its error ends the connection.
func (e exchange) answer() error {
	path, ours := strings.CutPrefix(e.request.path, apiPath)
	if !ours {
		return e.refuse(notFound, "Runtime.UnknownPath", e.request.path)
	}
	switch method := e.request.method; {
	case method == "GET" && path == "invocation/next":
		return e.next()
	case method == "GET" && path == "restore/next":
		return e.restore()
	case method == "POST" && (path == "init/error" || path == "restore/error"):
		return e.failed()
	case method == "POST" && strings.HasPrefix(path, invocationPath):
		id, kind, _ := strings.Cut(path[len(invocationPath):], "/")
		if kind == "response" || kind == "error" {
			return e.finished(id, kind == "error")
		}
	}
	return e.refuse(notFound, "Runtime.UnknownPath", e.request.method+" "+e.request.path)
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
		return e.reply(ok, "")
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
		return e.refuse(badRequest, "InvalidRequestID", "no invocation "+id+" is running")
	}
	if err != nil {
		j.answered(errorDocument("Function.ResponseSizeTooLarge", fmt.Sprintf(
			"Response payload size exceeded maximum allowed payload size (%d bytes).", maxResponse)), "", true)
		return e.refuse(tooLarge, "RequestEntityTooLarge", err.Error())
	}
	// A streamed response that breaks off tells so after its last byte.
	if e.request.trailer.get("Lambda-Runtime-Function-Error-Type") != "" {
		payload, failed = brokenOff(e.request.trailer), true
	}
	j.answered(payload, e.request.header.get("Content-Type"), failed)
	return e.accepted()
}

// brokenOff returns the error document in the trailer of a streamed response.
func brokenOff(trailer fields) []byte {
	document, err := base64.StdEncoding.DecodeString(trailer.get("Lambda-Runtime-Function-Error-Body"))
	if err != nil || len(document) == 0 {
		return errorDocument(trailer.get("Lambda-Runtime-Function-Error-Type"), "")
	}
	return document
}

// body reads the whole request body: into one allocation where its length is given.
func (e exchange) body() ([]byte, error) {
	if e.request.header.get("Expect") == "100-continue" {
		if _, err := io.WriteString(e.conn, "HTTP/1.1 100 Continue\r\n\r\n"); err != nil {
			return nil, err
		}
	}
	length := e.request.length
	if length > maxResponse {
		_, err := io.Copy(io.Discard, e.request.body)
		return nil, errors.Join(errTooLarge, err)
	}
	if length >= 0 {
		body := make([]byte, length)
		_, err := io.ReadFull(e.request.body, body)
		return body, err
	}
	var body bytes.Buffer
	n, err := io.Copy(&body, io.LimitReader(e.request.body, maxResponse+1))
	if err == nil && n > maxResponse {
		_, err = io.Copy(io.Discard, e.request.body)
		return nil, errors.Join(errTooLarge, err)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, e.request.body) // a trailer is read with the end of the body
	}
	return body.Bytes(), err
}

func (e exchange) accepted() error { return e.reply(accepted, `{"status":"OK"}`) }

func (e exchange) refuse(status, kind, message string) error {
	if e.request.length != 0 {
		_, _ = io.Copy(io.Discard, e.request.body)
	}
	return e.reply(status, string(errorDocument(kind, message)))
}

func (e exchange) reply(status, body string) error {
	answer := make([]byte, 0, 128+len(body))
	answer = append(answer, "HTTP/1.1 "...)
	answer = append(answer, status...)
	answer = append(answer, "\r\nContent-Type: application/json\r\nContent-Length: "...)
	answer = strconv.AppendInt(answer, int64(len(body)), 10)
	answer = append(answer, "\r\n\r\n"...)
	answer = append(answer, body...)
	_, err := e.conn.Write(answer)
	return err
}

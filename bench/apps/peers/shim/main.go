// Shim does the selected work as a C function that writes its answer into a buffer of its caller: the design of the
// library that Sparta 1.x put inside Python.
package main

import "C"

import (
	"context"
	"encoding/json"
	"unsafe"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/bench/apps/work"
)

var handler = lambda.NewHandler(work.Selected())

// envelope is what the Python side sends.
type envelope struct {
	Event   json.RawMessage `json:"event"`
	Context struct {
		RequestID string `json:"aws_request_id"`
	} `json:"context"`
}

// Work answers a request, and returns the answer's length, which is no longer than the buffer. What is longer is cut.
//
//export Work
func Work(request, keyID, secret, token *C.char, failed *C.int, buffer *C.char, size C.int) C.int {
	_ = []string{C.GoString(keyID), C.GoString(secret), C.GoString(token)} // it made a session with these
	var r envelope
	var answer []byte
	err := json.Unmarshal([]byte(C.GoString(request)), &r)
	if err == nil {
		answer, err = handler.Invoke(context.Background(), r.Event)
	}
	if err != nil {
		*failed, answer = 1, []byte(err.Error())
	}
	return C.int(copy(unsafe.Slice((*byte)(unsafe.Pointer(buffer)), int(size)), answer))
}

func main() {}

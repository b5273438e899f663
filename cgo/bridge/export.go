//go:build lambdabinary && go1.21

package bridge

/*
#include <stdint.h>
#include <stdlib.h>

// A reply's bytes are in its room, if they fit. Otherwise they are Go's, and valid until SpartaFree(handle).
typedef struct {
	const void *data;
	uint64_t length;
	uint64_t handle;
	const void *type; // the content type; none is that of JSON
	uint64_t type_length;
	unsigned char room[4056];
} sparta_reply;

// Returns credentials as JSON; the bytes are the callee's, valid until the next call.
typedef const void *(*sparta_credentials)(uint64_t *length);

static inline const void *sparta_call_credentials(sparta_credentials call, uint64_t *length) {
	return call(length);
}
*/
import "C"

import (
	"runtime"
	"runtime/cgo"
	"strings"
	"unsafe"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

// The status of a reply.
const (
	statusOK     = 0 // the reply is the result
	statusFailed = 1 // the reply is an error document: {"errorType","errorMessage","stackTrace"}
	statusFatal  = 2 // the same, and the process must end once the runtime client has posted the document
)

// SpartaStart runs the application's main until it serves functions. The reply
// is their names, one a line, or "*" if any name will do.
//
//export SpartaStart
func SpartaStart(credentials C.sparta_credentials, reply *C.sparta_reply) (status C.int32_t) {
	defer recoverInto(reply, &status)
	if credentials != nil {
		app.credentials.set(func() []byte {
			var length C.uint64_t
			data := C.sparta_call_credentials(credentials, &length)
			return C.GoBytes(unsafe.Pointer(data), C.int(length))
		})
	}
	names, failure := app.start()
	if failure != nil {
		return send(failed(failure), reply)
	}
	if names == nil {
		names = []string{"*"}
	}
	return send(response{body: []byte(strings.Join(names, "\n"))}, reply)
}

// SpartaInvoke runs the function of that name on an event.
//
//export SpartaInvoke
func SpartaInvoke(
	name *C.char, nameLength C.uint64_t,
	event *C.char, eventLength C.uint64_t,
	metadata *C.char, metadataLength C.uint64_t,
	reply *C.sparta_reply,
) (status C.int32_t) {
	return invoke(app.invoke, name, nameLength, event, eventLength, metadata, metadataLength, reply)
}

// SpartaInvokeApart is SpartaInvoke for a library whose functions may end their goroutine (runtime.Goexit). It takes
// longer, because it changes threads twice.
//
//export SpartaInvokeApart
func SpartaInvokeApart(
	name *C.char, nameLength C.uint64_t,
	event *C.char, eventLength C.uint64_t,
	metadata *C.char, metadataLength C.uint64_t,
	reply *C.sparta_reply,
) (status C.int32_t) {
	return invoke(app.invokeApart, name, nameLength, event, eventLength, metadata, metadataLength, reply)
}

func invoke(
	handle func(name string, event []byte, metadata string) response,
	name *C.char, nameLength C.uint64_t,
	event *C.char, eventLength C.uint64_t,
	metadata *C.char, metadataLength C.uint64_t,
	reply *C.sparta_reply,
) (status C.int32_t) {
	defer recoverInto(reply, &status)
	return send(handle(
		C.GoStringN(name, C.int(nameLength)),
		unsafe.Slice((*byte)(unsafe.Pointer(event)), int(eventLength)), // Python's, until this function returns
		C.GoStringN(metadata, C.int(metadataLength)),
	), reply)
}

// SpartaFree releases a reply's bytes, if the reply has a handle.
//
//export SpartaFree
func SpartaFree(handle C.uint64_t) {
	if handle == 0 {
		return
	}
	defer func() { _ = recover() }() // a handle freed twice
	h := cgo.Handle(handle)
	sent := h.Value().(*pinned)
	h.Delete()
	sent.pin.Unpin()
	sent.release()
}

// SpartaBeforeSnapshot prepares the application for a SnapStart snapshot.
//
//export SpartaBeforeSnapshot
func SpartaBeforeSnapshot(reply *C.sparta_reply) (status C.int32_t) {
	defer recoverInto(reply, &status)
	return sendError(app.hooks.beforeSnapshot(), reply)
}

// SpartaAfterRestore prepares the application after a SnapStart restore.
//
//export SpartaAfterRestore
func SpartaAfterRestore(reply *C.sparta_reply) (status C.int32_t) {
	defer recoverInto(reply, &status)
	return sendError(app.hooks.afterRestore(), reply)
}

// pinned is a response whose bytes Python is reading.
type pinned struct {
	response
	pin runtime.Pinner
}

func send(r response, reply *C.sparta_reply) C.int32_t {
	reply.length, reply.type_length = C.uint64_t(len(r.body)), C.uint64_t(len(r.contentType))
	if len(r.body)+len(r.contentType) < len(reply.room) {
		r.copyTo(reply)
		r.release()
	} else {
		r.pinFor(reply)
	}
	switch {
	case r.failed && r.fatal:
		return statusFatal
	case r.failed:
		return statusFailed
	}
	return statusOK
}

// copyTo copies the response into the reply's room.
func (r response) copyTo(reply *C.sparta_reply) {
	room := unsafe.Slice((*byte)(unsafe.Pointer(&reply.room)), len(reply.room))
	n := copy(room, r.body)
	copy(room[n:], r.contentType)
	reply.data, reply._type = unsafe.Pointer(&room[0]), unsafe.Pointer(&room[n])
}

// pinFor lets Python read the response's own bytes.
func (r response) pinFor(reply *C.sparta_reply) {
	sent := &pinned{response: r}
	if len(r.body) > 0 {
		if !sent.pinBody() {
			// The bytes are not on the Go heap (a memory-mapped file, say); a copy is.
			sent.body = append([]byte(nil), r.body...)
			sent.pinBody()
		}
		reply.data = unsafe.Pointer(unsafe.SliceData(sent.body))
	}
	if r.contentType != "" {
		text := []byte(r.contentType) // on the heap, where it can be pinned
		sent.pin.Pin(unsafe.SliceData(text))
		reply._type = unsafe.Pointer(unsafe.SliceData(text))
	}
	reply.handle = C.uint64_t(cgo.NewHandle(sent))
}

// release closes the response. What it closes may be the application's, and panic.
func (r response) release() {
	defer func() { _ = recover() }()
	_ = r.Close()
}

func (p *pinned) pinBody() (ok bool) {
	defer func() { ok = recover() == nil }()
	p.pin.Pin(unsafe.SliceData(p.body))
	return true
}

func sendError(err error, reply *C.sparta_reply) C.int32_t {
	if err != nil {
		return send(failed(lambdaerror.Of(err)), reply)
	}
	return send(response{}, reply)
}

// recoverInto ends every exported call: a panic must not unwind into C.
func recoverInto(reply *C.sparta_reply, status *C.int32_t) {
	if value := recover(); value != nil {
		*status = send(failed(lambdaerror.OfPanic(value)), reply)
	}
}

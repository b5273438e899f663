package lambdaapi

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/go-sparta/sparta/cgo/bridge/rawmessage"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// Lambda's limits, in bytes.
const (
	maxClientContext = 3583
	maxTail          = 4 << 10
)

// invoke serves Invoke.
func (h *Handler) invoke(w http.ResponseWriter, r *http.Request, name string) {
	f, qualifier, failure := h.find(r, name)
	if failure == nil {
		failure = h.invokeFunction(w, r, f, qualifier)
	}
	if failure != nil {
		failure.Write(w)
	}
}

// find returns the function that the path of a request names, and the qualifier.
func (h *Handler) find(r *http.Request, name string) (*Function, string, *Error) {
	qualifier := ""
	if r.URL.RawQuery != "" {
		qualifier = r.URL.Query().Get("Qualifier")
	}
	return find(h.options.Functions(), h.options.Region, name, qualifier)
}

func (h *Handler) invokeFunction(w http.ResponseWriter, r *http.Request, f *Function, qualifier string) *Error {
	kind := r.Header.Get("X-Amz-Invocation-Type")
	limit := int64(maxEvent)
	switch kind {
	case "", "RequestResponse", "DryRun":
	case "Event":
		limit = maxAsyncEvent
	default:
		return invalid("Value '" + kind + "' at 'invocationType' failed to satisfy constraint: " +
			"Member must satisfy enum value set: [Event, RequestResponse, DryRun]")
	}
	event, failure := h.event(w, r, limit)
	if failure != nil {
		return failure
	}
	request, failure := newRequest(r, event)
	if failure != nil {
		return failure
	}
	request.FunctionARN = f.arn(h.options.Region, qualifier)
	switch kind {
	case "Event":
		request.ClientContext = nil // as Lambda, which passes it on for synchronous invocations only
		return h.accept(w, f, request)
	case "DryRun":
		w.Header().Set(requestIDHeader, request.RequestID)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	// As on Lambda, the invocation continues if the client disconnects.
	result, err := h.options.Invoke(context.WithoutCancel(r.Context()), f.Name, request)
	if err != nil {
		w.Header().Set(requestIDHeader, request.RequestID)
		return asError(err, f.Concurrency > 0)
	}
	header := w.Header()
	header.Set(requestIDHeader, result.RequestID)
	header.Set("X-Amz-Executed-Version", f.version(qualifier))
	if request.TraceID != "" {
		header.Set(traceHeader, request.TraceID)
	}
	if result.Failed {
		header.Set("X-Amz-Function-Error", "Unhandled")
	}
	if r.Header.Get("X-Amz-Log-Type") == "Tail" {
		header.Set("X-Amz-Log-Result", base64.StdEncoding.EncodeToString(tail(result)))
	}
	transfer{http.NewResponseController(w), h.options.Patience}.write(w, result.Payload)
	return nil
}

const traceHeader = "X-Amzn-Trace-Id"

// newRequest returns the invocation that a client asks for.
func newRequest(r *http.Request, event []byte) (lambdaruntime.Request, *Error) {
	request := lambdaruntime.Request{
		Payload:   event,
		TraceID:   r.Header.Get(traceHeader),
		TenantID:  r.Header.Get("X-Amz-Tenant-Id"),
		RequestID: lambdaruntime.NewRequestID(),
	}
	if len(bytes.TrimSpace(event)) == 0 {
		request.Payload = []byte("{}")
	} else if failure := checkJSON(event); failure != nil {
		return request, failure
	}
	encoded := r.Header.Get("X-Amz-Client-Context")
	if encoded == "" {
		return request, nil
	}
	if len(encoded) > maxClientContext {
		return request, invalidContent("Client context must be no more than 3583 bytes when base64-encoded.")
	}
	document, err := base64.StdEncoding.DecodeString(encoded)
	isObject := bytes.HasPrefix(bytes.TrimSpace(document), []byte("{"))
	if err != nil || !isObject || !json.Valid(document) || !utf8.Valid(document) {
		return request, invalidContent("Client context must be a valid Base64-encoded JSON object.")
	}
	request.ClientContext = document
	return request, nil
}

// checkJSON returns an error if an event is not JSON.
func checkJSON(event []byte) *Error {
	const start = "Could not parse request body into json: "
	if !utf8.Valid(event) {
		return invalidContent(start + "it is not UTF-8")
	}
	// In half the time of encoding/json, which says below what is wrong.
	value, ok := rawmessage.Value(event)
	if ok && len(value) == len(bytes.Trim(event, " \t\r\n")) {
		return nil
	}
	var document json.RawMessage
	if err := json.Unmarshal(event, &document); err != nil {
		return invalidContent(start + err.Error())
	}
	return nil
}

// tail returns the last 4 KB of a log.
func tail(result *sandbox.Result) []byte {
	text := strings.Join(result.Transcript(), "\n") + "\n"
	if len(text) > maxTail {
		text = text[len(text)-maxTail:]
	}
	return []byte(strings.ToValidUTF8(text, ""))
}

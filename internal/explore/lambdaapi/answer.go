package lambdaapi

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

func invalid(message string) *Error {
	return &Error{Status: http.StatusBadRequest, Kind: "InvalidParameterValueException", Message: message}
}

func invalidContent(message string) *Error {
	return &Error{Status: http.StatusBadRequest, Kind: "InvalidRequestContentException", Message: message}
}

func notFound(arn string) *Error {
	return &Error{
		Status: http.StatusNotFound, Kind: "ResourceNotFoundException", Message: "Function not found: " + arn,
	}
}

// tooLarge has the exception of Lambda's documentation and SDKs. Lambda itself sends RequestEntityTooLargeException,
// which SDKs do not know.
func tooLarge(limit int64) *Error {
	return &Error{
		Status: http.StatusRequestEntityTooLarge,
		Kind:   "RequestTooLargeException",
		Message: "Request must be smaller than " + strconv.FormatInt(limit, 10) +
			" bytes for the InvokeFunction operation",
	}
}

func tooMany(reason string) *Error {
	return &Error{
		Status: http.StatusTooManyRequests, Kind: "TooManyRequestsException", Message: "Rate Exceeded.", Reason: reason,
	}
}

// asError returns the answer for an error of Options.Invoke.
func asError(err error, reserved bool) *Error {
	var answer *Error
	switch {
	case errors.As(err, &answer):
		return answer
	case errors.Is(err, sandbox.ErrTooMany) && reserved:
		return tooMany("ReservedFunctionConcurrentInvocationLimitExceeded")
	case errors.Is(err, sandbox.ErrTooMany):
		return tooMany("ConcurrentInvocationLimitExceeded")
	}
	return &Error{Status: http.StatusInternalServerError, Kind: "ServiceException", Message: err.Error()}
}

// Write answers a request with the error.
func (e *Error) Write(w http.ResponseWriter) {
	side := "User"
	if e.Status >= http.StatusInternalServerError {
		side = "Service"
	}
	body := map[string]string{"Type": side, "message": e.Message}
	if e.Reason != "" {
		body["Reason"] = e.Reason
	}
	if e.Status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "1")
	}
	if e.Kind == "ResourceNotFoundException" || e.Kind == "ServiceException" {
		delete(body, "message") // their field is called differently
		body["Message"] = e.Message
	}
	w.Header().Set("X-Amzn-Errortype", e.Kind)
	writeJSON(w, e.Status, body)
}

// writeJSON answers a request with a document.
func writeJSON(w http.ResponseWriter, status int, document any) {
	body, err := json.Marshal(document)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	write(w, status, body)
}

// write answers a request. It ignores a broken connection: the client has gone.
func write(w http.ResponseWriter, status int, body []byte) {
	writeHeader(w, status, len(body))
	_, _ = w.Write(body)
}

// writeHeader writes the header of an answer of a number of bytes.
func writeHeader(w http.ResponseWriter, status, size int) {
	header := w.Header()
	if header.Get(requestIDHeader) == "" {
		header.Set(requestIDHeader, lambdaruntime.NewRequestID())
	}
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(size))
	w.WriteHeader(status)
}

const requestIDHeader = "X-Amzn-Requestid"

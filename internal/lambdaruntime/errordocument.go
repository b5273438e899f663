package lambdaruntime

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

// errorDocument returns the error document of an invocation that failed without a response from the function.
func errorDocument(kind, message string) []byte {
	document, _ := json.Marshal(struct { // strings always marshal
		Type    string `json:"errorType"`
		Message string `json:"errorMessage"`
	}{kind, message})
	return document
}

// exitDocument returns a document that says, in Lambda's words, how the process ended before it responded.
func exitDocument(requestID string, state *os.ProcessState) []byte {
	reason := "exited without providing a reason"
	if state != nil && !state.Success() {
		// Lambda does not mention core dumps.
		reason = "exited with error: " + strings.TrimSuffix(state.String(), " (core dumped)")
	}
	return errorDocument("Runtime.ExitError", "RequestId: "+requestID+" Error: Runtime "+reason)
}

// timeoutDocument returns a document that says, in Lambda's words, that the function timed out.
func timeoutDocument(requestID string, limit time.Duration) []byte {
	return errorDocument("Sandbox.Timedout",
		fmt.Sprintf("RequestId: %s Error: Task timed out after %.2f seconds", requestID, limit.Seconds()))
}

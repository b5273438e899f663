package gateway

import (
	"encoding/json"
	"net/http"
)

// writeMessage writes the document with which AWS's services themselves answer.
func writeMessage(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	document, _ := json.Marshal(map[string]string{"message": message})
	_, _ = w.Write(document)
}

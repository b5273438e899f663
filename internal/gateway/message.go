package gateway

import (
	"encoding/json"
	"net/http"
)

// writeMessage writes the document with which AWS's services themselves answer.
func writeMessage(w http.ResponseWriter, status int, message string) {
	writeDocument(w, status, map[string]string{"message": message})
}

func writeDocument(w http.ResponseWriter, status int, content map[string]string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	document, _ := json.Marshal(content)
	_, _ = w.Write(document)
}

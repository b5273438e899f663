package console

import (
	"encoding/json"
	"errors"
	"net/http"
)

// handler returns what to answer as JSON, or an error.
type handler func(r *http.Request) (any, error)

// problem is an error with the status of HTTP that goes with it.
type problem struct {
	status  int
	message string
}

func (p *problem) Error() string { return p.message }

// ServeHTTP answers with JSON: what the handler returns, or the message of its error.
func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	value, err := h(r)
	status := http.StatusOK
	if err != nil {
		status = http.StatusInternalServerError
		if known := (*problem)(nil); errors.As(err, &known) {
			status = known.status
		}
		value = struct {
			Error string `json:"error"`
		}{err.Error()}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // fails only if the client has gone
}

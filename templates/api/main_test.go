package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func TestHello(t *testing.T) {
	for path, want := range map[string]struct {
		code int
		body string
	}{
		"/hello/Ada": {http.StatusOK, `{"text":"Hello Ada, from Go inside Python"}` + "\n"},
		"/hello/":    {http.StatusNotFound, "404 page not found\n"},
	} {
		answer := httptest.NewRecorder()
		newHandler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
		if answer.Code != want.code || answer.Body.String() != want.body {
			t.Errorf("GET %s: got %d %q, want %d %q", path, answer.Code, answer.Body, want.code, want.body)
		}
	}
}

// The event is one of API Gateway.
func TestEvent(t *testing.T) {
	event, err := os.ReadFile("events/example.json")
	if err != nil {
		t.Fatal(err)
	}
	text, err := sparta.HTTPHandler(newHandler()).Invoke(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct{ StatusCode int }
	if err := json.Unmarshal(text, &answer); err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("got %s, %v, want status 200", text, err)
	}
}

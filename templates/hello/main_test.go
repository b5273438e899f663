package main

import (
	"encoding/json"
	"errors"
	"os"
	"testing"
)

func TestGreet(t *testing.T) {
	text, err := os.ReadFile("events/example.json")
	if err != nil {
		t.Fatal(err)
	}
	var event request
	if err := json.Unmarshal(text, &event); err != nil {
		t.Fatal(err)
	}
	const want = "Hello Ada, from Go inside Python"
	if got, err := greet(t.Context(), event); err != nil || got.Greeting != want {
		t.Errorf("got %q, %v, want %q", got.Greeting, err, want)
	}
}

func TestGreetNobody(t *testing.T) {
	if got, err := greet(t.Context(), request{}); !errors.Is(err, errNoName) {
		t.Errorf("got %q, %v, want %v", got.Greeting, err, errNoName)
	}
}

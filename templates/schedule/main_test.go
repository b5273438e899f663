package main

import (
	"encoding/json"
	"os"
	"testing"
	"time"
)

func TestRun(t *testing.T) {
	text, err := os.ReadFile("events/example.json")
	if err != nil {
		t.Fatal(err)
	}
	var in input
	if err := json.Unmarshal(text, &in); err != nil {
		t.Fatal(err)
	}
	r := reporter{func() time.Time { return time.Date(2026, time.March, 1, 6, 0, 0, 0, time.UTC) }}
	const want = "Report of 2026-02-28"
	if got, err := r.run(t.Context(), in); err != nil || got.Title != want {
		t.Errorf("got %q, %v, want %q", got.Title, err, want)
	}
	if got, err := r.run(t.Context(), input{Period: "decade"}); err == nil {
		t.Errorf("got %q for an unknown period, want an error", got.Title)
	}
}

package main

import (
	"errors"
	"testing"
)

func TestSummarize(t *testing.T) {
	got, err := summarize(t.Context(), numbers{Values: []float64{1, 2, 6}})
	if want := (statistics{Count: 3, Mean: 3}); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	if got, err := summarize(t.Context(), numbers{}); !errors.Is(err, errNoValues) {
		t.Errorf("got %+v, %v, want %v", got, err, errNoValues)
	}
}

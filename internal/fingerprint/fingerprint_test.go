package fingerprint

import (
	"slices"
	"testing"
)

func TestBuildVariables(t *testing.T) {
	got := buildVariables([]string{
		"SPARTA_TOKEN=s", "SPARTA_LOG_LEVEL=debug", "HOME=/root", "GOFLAGS=-v", "CGO_CFLAGS=-O3", "CC=gcc", "CCACHE=1",
		"OGO=1",
		"SPARTA_STACK=s", "SPARTA_TIMEOUT=30", "SPARTA_NOOP=1",
	})
	// Variables for the log and for deployments do not affect what is built.
	want := []string{"CC=gcc", "CGO_CFLAGS=-O3", "GOFLAGS=-v", "SPARTA_TOKEN=s"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

package fingerprint

import (
	"slices"
	"testing"
)

func TestVariables(t *testing.T) {
	got := variables([]string{
		"SPARTA_TOKEN=s", "HOME=/root", "GOFLAGS=-v", "CGO_CFLAGS=-O3", "CC=gcc", "CCACHE=1", "CPATH=/include",
		"TERM=xterm", "TERM_PROGRAM=x", "AWS_SECRET_ACCESS_KEY=s", "SHLVL=2", "LC_ALL=C", "PATH=/bin", "UNKNOWN=1",
	})
	// The go command's own are in its settings; SPARTA_* are in the build's; the others belong to a session.
	want := []string{"CC=gcc", "CCACHE=1", "CPATH=/include", "UNKNOWN=1"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

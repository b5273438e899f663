package gosource

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestAFolderThatTheGoCommandRefusesIsNamed(t *testing.T) {
	dir := testfiles.Unpack(t, "-- go.mod --\nmodule example.com/m\n\ngo 1.24\n-- cmd/my app/main.go --\n"+
		"package main\n\nfunc main() {}\n")
	_, err := listed(t, dir, "./cmd/my app")
	if err == nil || !strings.Contains(err.Error(), "cmd/my app") ||
		!strings.HasSuffix(err.Error(), "rename the folder") {
		t.Errorf("got %v", err)
	}
}

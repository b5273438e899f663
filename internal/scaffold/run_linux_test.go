package scaffold

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testtty"
)

func TestItAsksOnATerminal(t *testing.T) {
	terminal := testtty.Open(t, 80)
	terminal.Type("shop\nqueue\n\n")
	var out bytes.Buffer
	options := Options{Dir: t.TempDir(), Source: released}
	if err := Run(t.Context(), options, terminal.File, &out, terminal.File); err != nil {
		t.Fatal(err)
	}
	if want := "shop/: module example.com/shop, template queue\n"; !strings.HasPrefix(out.String(), want) {
		t.Errorf("it has written %s, want %s", &out, want)
	}
	if shown := terminal.Text(); !strings.Contains(shown, "Name of the application: ") {
		t.Errorf("it has shown %s", shown)
	}
}

// Nobody could answer: what has a default has it, and what has none is named.
func TestItDoesNotAskElsewhere(t *testing.T) {
	input, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	var out bytes.Buffer
	options := Options{Dir: t.TempDir(), Source: released}
	if err := Run(t.Context(), options, input, &out, os.Stderr); !says(err, "the application has no name: name it") {
		t.Errorf("got %v", err)
	}
	options.Name = "shop"
	if err := Run(t.Context(), options, input, &out, os.Stderr); err != nil ||
		!strings.Contains(out.String(), "template hello") {
		t.Errorf("got %v, %s", err, &out)
	}
}

// Not even root may write to /sys.
func TestAFolderThatCannotBeWrittenTo(t *testing.T) {
	_, err := New(t.Context(), Options{Dir: "/sys", Name: "shop", Source: released})
	if !says(err, "make the folder shop in /sys: ") || !says(err, ": change to a folder that you may write to") {
		t.Errorf("got %v", err)
	}
	if err != nil && strings.Contains(err.Error(), ".tmp") {
		t.Errorf("the error names a folder that nobody asked for: %v", err)
	}
}

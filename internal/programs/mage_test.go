package programs

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestMageCommand(t *testing.T) {
	for archive, want := range map[string]string{
		"-- go.mod --\n-- magefile.go --\n":                            "go tool mage",
		"-- go.mod --\n-- magefiles/magefile.go --\n":                  "go tool mage",
		"-- go.mod --\n-- magefiles/go.mod --\n-- magefiles/m.go --\n": "go -C magefiles tool mage -d . -w ..",
	} {
		if got := strings.Join(MageCommand(testfiles.Unpack(t, archive)), " "); got != want {
			t.Errorf("%q: got %s, want %s", archive, got, want)
		}
	}
}

// Few functions accept {}, but the event that `sparta new` writes is its function's.
func TestTheInvokeCommandHasTheExampleEvent(t *testing.T) {
	for archive, want := range map[string]string{
		"-- magefile.go --\n":                                "go tool mage cgo:invoke -event='{}'",
		"-- events/other.json --\n":                          "go tool mage cgo:invoke -event='{}'",
		"-- magefile.go --\n-- events/example.json --\n{}\n": `go tool mage cgo:invoke "-event=@events/example.json"`,
	} {
		if got := InvokeCommand(testfiles.Unpack(t, archive)); got != want {
			t.Errorf("%q: got %s, want %s", archive, got, want)
		}
	}
}

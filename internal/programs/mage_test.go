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

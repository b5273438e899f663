package naming

import "testing"

func TestNearest(t *testing.T) {
	names := []string{"SPARTA_BUILDER", "SPARTA_GOARCH", "SPARTA_NOOP", "SPARTA_STACK", "lex", "sqs"}
	for name, want := range map[string]string{
		"SPARTA_BUILDR": "SPARTA_BUILDER", "SPARTA_GO_ARCH": "SPARTA_GOARCH", "SPARTA_NOOPS": "SPARTA_NOOP",
		"SPARTA_STAKC": "SPARTA_STACK", "SPARTA_TAGS": "", "SPARTA_TYPO": "",
		"nix": "", "sqss": "sqs", "qs": "sqs",
	} {
		if got := Nearest(name, names); got != want {
			t.Errorf("nearest to %s is %q, want %q", name, got, want)
		}
	}
}

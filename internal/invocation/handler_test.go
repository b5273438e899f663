package invocation_test

import (
	"testing"

	"github.com/go-sparta/sparta/internal/invocation"
)

func TestHandler(t *testing.T) {
	for function, want := range map[string]string{
		"Greet":         "index.Greet",
		"handler":       "index.handler",
		"app.handle":    "app.handle",
		"lib/app.x":     "lib/app.x",
		"index.Greet":   "index.Greet",
		"main_Greet_V2": "index.main_Greet_V2",
	} {
		if got := invocation.Handler(function); got != want {
			t.Errorf("%s: got %s, want %s", function, got, want)
		}
	}
}

package product

import (
	"fmt"
	"testing"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// Each thread of Python gets the answer to its own event. Before 1.51, aws-lambda-go encodes all answers of a handler
// in the same buffer.
func TestThreadsGetTheirOwnAnswers(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "modules")
	t.Parallel()
	for _, version := range []string{"1.46.0", "1.50.0", "1.51.1"} {
		t.Run(version, func(t *testing.T) {
			p := newModule(t, "threads", fmt.Sprintf("module example.com/threads\n\ngo 1.24\n\n"+
				"require github.com/aws/aws-lambda-go v%s\n", version))
			p.target(t, []string{"SPARTA_INCLUDE=*.py"}, "cgo:build")
			process := run(t, p.stage(), lambdaruntime.Options{Handler: "app.handler", OwnClient: true})
			response := process.invoke(t, lambdaruntime.Request{Payload: []byte(`{}`)})
			if string(response.Payload) != "0" {
				t.Errorf("wrong answers: %s of 2000", response.Payload)
			}
		})
	}
}

//go:build lambdabinary

package bridge

import (
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda/messages"
)

// early is the result of serving while packages are initialized.
var early = func() *application {
	a := newApplication()
	a.refuseInitializer()
	return a
}()

func TestServingFromAnInitializerIsRefused(t *testing.T) {
	if early.failure == nil || !strings.Contains(early.failure.Message, "while packages are initialized") {
		t.Errorf("an initializer may serve: %v", early.failure)
	}
	failure := make(chan *messages.InvokeResponse_Error)
	go func() {
		a := newApplication()
		a.refuseInitializer()
		failure <- a.failure
	}()
	if failure := <-failure; failure != nil {
		t.Errorf("main may not serve: %s", failure.Message)
	}
}

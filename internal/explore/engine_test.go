package explore

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/internal/explore/testfunction"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// A function that the service no longer has is kept while it is invoked, and no longer.
func TestRetiredFunctionsAreForgotten(t *testing.T) {
	testfunction.CheckLeaks(t)
	e, _ := newTestEngine(t)
	gate := filepath.Join(t.TempDir(), "gate")
	began := make(chan struct{})
	config := e.functions["f"].config
	config.Started = func(int) { close(began) }
	if err := e.functions["f"].Replace(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() {
		event := testfunction.Event{Until: gate}.JSON()
		_, err := e.invoke(t.Context(), origin{}, "f", lambdaruntime.Request{Payload: event})
		ended <- err
	}()
	<-began
	one := e.functions["f"]
	delete(e.functions, "f")
	one.Retire()
	e.retired = append(e.retired, one)
	if e.forgetRetired(); len(e.retired) != 1 {
		t.Error("it is forgotten while it is invoked")
	}
	if err := os.WriteFile(gate, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("its invocation ends with %v", err)
	}
	if e.forgetRetired(); len(e.retired) != 0 {
		t.Errorf("%d functions are kept", len(e.retired))
	}
}

package lambdaruntime_test

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// bootstrap compiles a function for the runtime provided.al2023.
func bootstrap(t testing.TB) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "bootstrap.exe")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./testdata/bootstrap")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return program
}

func TestAnOrdinaryGoFunctionIsServed(t *testing.T) {
	p := start(t, lambdaruntime.Options{Dir: "testdata", Command: []string{bootstrap(t)}, FunctionName: "plain"})

	big := `"` + strings.Repeat("x", 5_000_000) + `"`
	if got := invoke(t, p, big); string(got.Payload) != big || got.ContentType != "application/json" {
		t.Errorf("%d bytes of %s for %d", len(got.Payload), got.ContentType, len(big))
	}

	context := ask(t, p, lambdaruntime.Request{
		Payload: []byte(`"context"`), RequestID: "id", TenantID: "blue", TraceID: "Root=1",
		ClientContext: json.RawMessage(`{"custom":{"a":"b"}}`), Identity: json.RawMessage(`{"cognitoIdentityId":"i"}`),
	})
	want := map[string]any{
		"id": "id", "arn": "arn:aws:lambda:us-east-1:123456789012:function:plain", "tenant": "blue", "trace": "Root=1",
		"custom": map[string]any{"a": "b"}, "identity": "i", "deadline": true, "function": "plain",
	}
	if !reflect.DeepEqual(context, any(want)) {
		t.Errorf("got  %v\nwant %v", context, want)
	}

	for event, want := range map[string]struct{ kind, message string }{
		`"error"`: {"errorString", "no luck"},
		`"break"`: {"errorString", "broke off"},
		`"exit"`:  {"Runtime.ExitError", "exited with error: exit status 7"},
		`"panic"`: {"string", "out of control"},
	} {
		response := invoke(t, p, event)
		var d struct{ ErrorType, ErrorMessage string }
		if err := json.Unmarshal(response.Payload, &d); err != nil || !response.Failed {
			t.Fatalf("%s: %s (%v)", event, response.Payload, err)
		}
		if d.ErrorType != want.kind || !strings.HasSuffix(d.ErrorMessage, want.message) {
			t.Errorf("%s: got %+v, want %v", event, d, want)
		}
		if got := invoke(t, p, `1`); string(got.Payload) != `1` {
			t.Errorf("after %s: %s", event, got.Payload)
		}
	}
}

package provision_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testoutput"
)

// TestTheStackExampleSeesItsOwnStack: a handler calls AWS through cgo.NewSession with the
// credentials that Python hands over, those of the environment and, as under SnapStart, those
// that a container's address returns and that change.
func TestTheStackExampleSeesItsOwnStack(t *testing.T) {
	d, artifact := deployExample(t, "stack", "resources")
	t.Run("environment", func(t *testing.T) { answersWithResources(t, d, artifact.Stage, nil) })
	t.Run("container", func(t *testing.T) {
		container := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "the-token" {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			_ = json.NewEncoder(w).Encode(map[string]any{
				"AccessKeyId": d.account.AccessKey, "SecretAccessKey": d.account.SecretKey, "Token": "session",
				"Expiration": time.Now().Add(time.Hour).UTC().Format(time.RFC3339),
			})
		}))
		defer container.Close()
		answersWithResources(t, d, artifact.Stage, []string{
			"AWS_ACCESS_KEY_ID=", "AWS_SECRET_ACCESS_KEY=", "AWS_SESSION_TOKEN=",
			"AWS_CONTAINER_CREDENTIALS_FULL_URI=" + strings.Replace(container.URL, "127.0.0.1", "localhost", 1),
			"AWS_CONTAINER_AUTHORIZATION_TOKEN=the-token",
		})
	})
}

func answersWithResources(t *testing.T, d *deployment, stage string, env []string) {
	t.Helper()
	stderr := &testoutput.Output{}
	process, err := lambdaruntime.Start(t.Context(), lambdaruntime.Options{
		Dir: stage, Handler: "index.resources", Timeout: 30 * time.Second, Stdout: stderr, Stderr: stderr,
		Env: append([]string{"STACK_NAME=" + d.service.Name, "PYTHONDONTWRITEBYTECODE=1"}, env...),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer process.Close()
	before := len(d.proxy.Calls())
	response, err := process.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte("{}")})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"ResourcesFunction":"AWS::Lambda::Function","ResourcesLogGroup":"AWS::Logs::LogGroup",` +
		`"ResourcesRole":"AWS::IAM::Role"}`
	if response.Failed || string(response.Payload) != want {
		t.Errorf("got %s\nwant %s\n%s", response.Payload, want, stderr)
	}
	if calls := fmt.Sprint(operations(d.proxy.Calls()[before:])); calls != "[ListStackResources]" {
		t.Errorf("the function made the calls %s", calls)
	}
}

func operations(calls []testaws.Call) []string {
	var names []string
	for _, call := range calls {
		names = append(names, call.Operation)
	}
	return names
}

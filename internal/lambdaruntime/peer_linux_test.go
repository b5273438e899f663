package lambdaruntime_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// Another process that connects to a function's Runtime API, such as this test, receives no event and cannot respond.
func TestOthersCannotUseTheRuntimeAPI(t *testing.T) {
	file := filepath.Join(t.TempDir(), "address")
	// The shell's child uses the API, in a group and a session of its own.
	const child = `
import os, urllib.request
os.setsid()
base = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
id = urllib.request.urlopen(base + "next").headers["Lambda-Runtime-Aws-Request-Id"]
urllib.request.urlopen(base + id + "/response", b'"of the child"')
`
	const script = `printf %s "$AWS_LAMBDA_RUNTIME_API" >"$0.new" && mv "$0.new" "$0"
while [ ! -e "$0.tried" ]; do sleep 0.05; done
"$1" -c "$2"; sleep 60`
	command := []string{"sh", "-c", script, file, python(t).Path, child}
	p := start(t, lambdaruntime.Options{Dir: t.TempDir(), Command: command})
	address := waitFor(t, file)
	client := &http.Client{Timeout: 10 * time.Second}
	base := "http://" + address + "/2018-06-01/runtime/"
	if response, err := client.Get(base + "invocation/next"); err == nil {
		response.Body.Close()
		t.Errorf("this test got %s", response.Status)
	}
	if response, err := client.Post(base+"init/error", "application/json", strings.NewReader("{}")); err == nil {
		response.Body.Close()
		t.Errorf("this test could report an error: %s", response.Status)
	}
	if err := os.WriteFile(file+".tried", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	response, err := p.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte(`"event"`)})
	if err != nil {
		t.Fatal(err)
	}
	if string(response.Payload) != `"of the child"` {
		t.Errorf("the response is %s", response.Payload)
	}
}

// waitFor returns the content of a file once it exists.
func waitFor(t *testing.T, path string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		content, err := os.ReadFile(path)
		if err == nil {
			return string(content)
		}
		if !errors.Is(err, os.ErrNotExist) || ctx.Err() != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

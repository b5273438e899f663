package runner

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/testrequire"
)

func TestServeReadsItsJob(t *testing.T) {
	for name, test := range map[string]struct{ stdin, error, result string }{
		"nothing":            {"", "read the job: EOF", ""},
		"not JSON":           {"hello", "read the job: invalid character", ""},
		"no Python anywhere": {`{"Python":"python3.13"}`, "", "find python3.13: no python3 on PATH"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("PATH", t.TempDir())
			var stdout bytes.Buffer
			err := Serve(t.Context(), strings.NewReader(test.stdin), &stdout, &stdout)
			if test.error != "" {
				if err == nil || !strings.Contains(err.Error(), test.error) {
					t.Errorf("error %v, want %q", err, test.error)
				}
				return
			}
			var result programs.Result
			if err := json.Unmarshal(stdout.Bytes(), &result); err != nil ||
				!strings.Contains(result.Error, test.result) {
				t.Errorf("result %+v (%v), want %q", result, err, test.result)
			}
		})
	}
}

// What the job says about credentials reaches the function.
func TestCredentialsOfAJob(t *testing.T) {
	testrequire.Need(t, "python")
	stage := t.TempDir()
	handler := "import os\n\ndef handler(event, context):\n    return os.environ.get('AWS_ACCESS_KEY_ID', 'none')\n"
	if err := os.WriteFile(filepath.Join(stage, "index.py"), []byte(handler), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIAENV")
	for hidden, want := range map[bool]string{false: `"AKIAENV"`, true: `"none"`} {
		job, err := json.Marshal(programs.Job{
			Stage: stage, Handler: "index.handler", Cache: t.TempDir(), Event: []byte("{}"), Timeout: time.Minute,
			NoCredentials: hidden,
		})
		if err != nil {
			t.Fatal(err)
		}
		stdin, end := io.Pipe() // which ends with the target
		go func() { _, _ = end.Write(job) }()
		var stdout, stderr bytes.Buffer
		var result programs.Result
		if err := Serve(t.Context(), stdin, &stdout, &stderr); err != nil {
			t.Fatal(err)
		}
		_ = end.Close()
		if err := json.Unmarshal(stdout.Bytes(), &result); err != nil || string(result.Payload) != want {
			t.Errorf("NoCredentials %v: result %s %+v (%v), want %s", hidden, result.Payload, result, err, want)
		}
	}
}

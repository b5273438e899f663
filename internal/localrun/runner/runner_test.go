package runner

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/localrun"
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
			var result localrun.Result
			if err := json.Unmarshal(stdout.Bytes(), &result); err != nil ||
				!strings.Contains(result.Error, test.result) {
				t.Errorf("result %+v (%v), want %q", result, err, test.result)
			}
		})
	}
}

package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

func TestADifferenceIsShownWhereItBegins(t *testing.T) {
	want := strings.Repeat("a", 1000) + "right" + strings.Repeat("b", 1000)
	got := strings.Replace(want, "right", "wrong", 1)
	err := difference([]byte(got), []byte(want)).Error()
	for _, part := range []string{"from byte 1000 on", `aawrongbb`, `aarightbb`} {
		if !strings.Contains(err, part) {
			t.Errorf("%q is not in: %s", part, err)
		}
	}
	if len(err) > 500 {
		t.Errorf("%d bytes", len(err))
	}
	if err := difference([]byte("ab"), []byte("abc")).Error(); !strings.Contains(err, "2 bytes instead of 3") {
		t.Error(err)
	}
}

// failed is a response with this error document.
func failed(t *testing.T, kind, message string, trace ...string) *lambdaruntime.Response {
	t.Helper()
	document, err := json.Marshal(map[string]any{"errorType": kind, "errorMessage": message, "stackTrace": trace})
	if err != nil {
		t.Fatal(err)
	}
	return &lambdaruntime.Response{Failed: true, Payload: document}
}

func TestFaultsAreCompared(t *testing.T) {
	want := fault{"Trouble", "told to fail"}
	for name, c := range map[string]struct {
		response *lambdaruntime.Response
		fault    fault
		ok       bool
	}{
		"the same":        {failed(t, "Trouble", "told to fail"), want, true},
		"another type":    {failed(t, "errorString", "told to fail"), want, false},
		"another message": {failed(t, "Trouble", "told to fail "), want, false},
		"an answer":       {&lambdaruntime.Response{Payload: []byte("{}")}, want, false},
		"no document":     {&lambdaruntime.Response{Failed: true, Payload: []byte("x")}, want, false},
		"a panic's stack": {
			failed(t, "string", "oh", "main.go, in serve", "obey.go, in obey"), fault{"string", "oh"}, true,
		},
		"a panic without its stack": {failed(t, "string", "oh"), fault{"string", "oh"}, false},
	} {
		if err := c.fault.check(c.response); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTimeoutsAreCompared(t *testing.T) {
	r := lambdaruntime.Request{RequestID: "soak-1"}
	for message, ok := range map[string]bool{
		"RequestId: soak-1 Error: Task timed out after 0.30 seconds":  true,
		"RequestId: soak-1 Error: Task timed out after -1.25 seconds": true,
		"RequestId: soak-2 Error: Task timed out after 0.30 seconds":  false,
		"RequestId: soak-1 Error: Task timed out":                     false,
	} {
		if err := checkTimeout(r, failed(t, "Sandbox.Timedout", message)); (err == nil) != ok {
			t.Errorf("%s: %v", message, err)
		}
	}
	if checkTimeout(r, &lambdaruntime.Response{Payload: []byte("{}")}) == nil {
		t.Error("an answer counts as a timeout")
	}
}

package lambdaruntime_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testoutput"
)

func TestKillFailsTheRunningInvocation(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "fails.sleeps"})
	invoke(t, p, "0")
	time.AfterFunc(100*time.Millisecond, p.Kill)
	d := failed(t, invoke(t, p, "60"))
	if d.ErrorType != "Runtime.ExitError" || !strings.HasSuffix(d.ErrorMessage, "exited with error: signal: killed") {
		t.Errorf("got %+v", d)
	}
}

// What a process has printed before its response arrives by a way of its own.
func TestFlushReadsWhatWasPrintedBeforeTheResponse(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it does nothing there")
	}
	var stdout testoutput.Output
	p := start(t, lambdaruntime.Options{Handler: "about.prints", Stdout: &stdout})
	for n := 1; n <= 200; n++ {
		invoke(t, p, "{}")
		p.Flush()
		if got := strings.Count(stdout.String(), "from context\n"); got != n {
			t.Fatalf("%d lines after %d invocations", got, n)
		}
	}
}

func TestTheLimitOfAnInitialization(t *testing.T) {
	p := start(t, lambdaruntime.Options{
		Handler: "init_sleeps.handler", Timeout: 300 * time.Millisecond, InitLimit: 200 * time.Millisecond,
	})
	begin := time.Now()
	response := invoke(t, p, "{}")
	want := fmt.Sprintf("RequestId: %s Error: Task timed out after 0.30 seconds", response.RequestID)
	if d := failed(t, response); d.ErrorType != "Sandbox.Timedout" || d.ErrorMessage != want {
		t.Errorf("got %+v", d)
	}
	if took := time.Since(begin); took > 8*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestTheARNOfARequest(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "about.context", FunctionARN: "arn:configured"})
	for arn, want := range map[string]string{"": "arn:configured", "arn:used:live": "arn:used:live"} {
		answer := ask(t, p, lambdaruntime.Request{Payload: []byte("{}"), FunctionARN: arn})
		if got := fmt.Sprint(answer); !strings.Contains(got, want) {
			t.Errorf("%q: %s", arn, got)
		}
	}
}

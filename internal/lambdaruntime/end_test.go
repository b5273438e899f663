package lambdaruntime_test

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testoutput"
)

func TestPIDAndKill(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "values.pid"})
	first, running := p.PID()
	if got := string(invoke(t, p, "{}").Payload); !running || got != strconv.Itoa(first) {
		t.Errorf("PID %d, running %v, but the function says %s", first, running, got)
	}
	p.Kill()
	if !endsSoon(first) {
		t.Errorf("process %d is still running", first)
	}
	if got := string(invoke(t, p, "{}").Payload); got == strconv.Itoa(first) {
		t.Errorf("the next invocation is answered by %s", got)
	}
	if second, running := p.PID(); second == first || !running {
		t.Errorf("PID %d, running %v", second, running)
	}
}

func TestKillFailsTheRunningInvocation(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "fails.sleeps"})
	invoke(t, p, "0")
	time.AfterFunc(100*time.Millisecond, p.Kill)
	d := failed(t, invoke(t, p, "60"))
	if d.ErrorType != "Runtime.ExitError" || !strings.HasSuffix(d.ErrorMessage, "exited with error: signal: killed") {
		t.Errorf("got %+v", d)
	}
}

func TestChildrenEndWithAProcessThatExits(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("on this system, they end with the function only if it is closed")
	}
	p := start(t, lambdaruntime.Options{Handler: "fails.forks_then_exits"})
	response := invoke(t, p, "{}")
	pid, err := strconv.Atoi(string(response.Payload))
	if err != nil {
		t.Fatalf("answered %s", response.Payload)
	}
	if !endsSoon(pid) {
		t.Errorf("process %d is still running", pid)
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

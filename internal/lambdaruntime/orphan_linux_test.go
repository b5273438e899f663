package lambdaruntime_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testoutput"
)

func TestTheFunctionEndsWithAKilledProgram(t *testing.T) {
	if os.Getenv("SPARTA_TEST_PARENT") != "" {
		// A busy function does not notice that its Runtime API has ended.
		p := start(t, lambdaruntime.Options{Handler: "fails.sleeps"})
		pid := invoke(t, p, "0").Payload
		time.AfterFunc(200*time.Millisecond, func() { fmt.Printf("pid %s\n", pid) })
		invoke(t, p, "20")
		return
	}
	python(t)
	parent := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	parent.Env = append(os.Environ(), "SPARTA_TEST_PARENT=1")
	stdout, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	pid := 0
	for lines := bufio.NewScanner(stdout); pid == 0 && lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), "pid "); ok {
			pid, _ = strconv.Atoi(value)
		}
	}
	_ = parent.Process.Kill()
	_ = parent.Wait()
	if pid == 0 {
		t.Fatal("the program started no function")
	}
	if !endsSoon(pid) {
		t.Errorf("process %d is still running", pid)
	}
}

func TestChildrenOfTheFunctionEndWithIt(t *testing.T) {
	var stdout testoutput.Output // which the child keeps open
	p := start(t, lambdaruntime.Options{Handler: "fails.forks", Stdout: &stdout})
	pid, err := strconv.Atoi(string(invoke(t, p, "{}").Payload))
	if err != nil || gone(pid) {
		t.Fatalf("process %d: %v", pid, err)
	}
	begin := time.Now()
	_ = p.Close()
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	if !endsSoon(pid) {
		t.Errorf("process %d is still running", pid)
	}
}

func TestChildrenThatHaveLeftTheGroupEndWithTheFunction(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "fails.leaves"})
	pid, err := strconv.Atoi(string(invoke(t, p, "{}").Payload))
	if err != nil || gone(pid) {
		t.Fatalf("process %d: %v", pid, err)
	}
	_ = p.Close()
	if !endsSoon(pid) {
		t.Errorf("process %d is still running", pid)
	}
}

// slowWriter is slower than the process, whose pipe is never empty then.
type slowWriter struct{}

func (slowWriter) Write(p []byte) (int, error) {
	time.Sleep(time.Millisecond)
	return len(p), nil
}

func TestAChildThatNeverStopsWritingDoesNotKeepTheProcessFromEnding(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "fails.leaves_a_writer", Stdout: slowWriter{}})
	pid, err := strconv.Atoi(string(invoke(t, p, "{}").Payload))
	if err != nil {
		t.Fatal(err)
	}
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = p.Close()
	}()
	select {
	case <-closed:
	case <-time.After(30 * time.Second):
		_ = syscall.Kill(pid, syscall.SIGKILL)
		t.Fatal("the process has not ended")
	}
	if !endsSoon(pid) { // nobody reads what it writes
		t.Errorf("process %d is still running", pid)
	}
}

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

func TestAKilledProcessGetsNoEvent(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "values.pid"})
	invoke(t, p, "{}")
	for range 20 {
		pid, _ := p.PID()
		p.Kill()
		if response := invoke(t, p, "{}"); response.Failed || string(response.Payload) == strconv.Itoa(pid) {
			t.Fatalf("after process %d was killed, the next invocation is answered by %s", pid, response.Payload)
		}
	}
}

func TestChildrenEndWithAProcessThatExits(t *testing.T) {
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

// endsSoon waits for the end of a process for a few seconds.
func endsSoon(pid int) bool {
	for range 100 {
		if gone(pid) {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

// gone reports whether a process has ended, even if its parent has not waited for it.
func gone(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return true
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(stat), ") Z ")
}

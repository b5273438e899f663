package chores

import (
	"context"
	"io"
	"os/exec"
	"runtime"
	"syscall"
	"testing"
	"time"
)

func TestBusyProcessesEnd(t *testing.T) {
	needShell(t)
	for name, cause := range map[string]func(cancel func()){
		"when they are ended":   func(func()) {},
		"when the context ends": func(cancel func()) { cancel() },
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			busy, err := StartBusy(ctx, 2)
			if err != nil || len(busy) != 2 {
				t.Fatalf("%d processes, %v", len(busy), err)
			}
			for _, cmd := range busy {
				if err := cmd.Process.Signal(syscall.Signal(0)); err != nil {
					t.Errorf("a process is not running: %v", err)
				}
			}
			cause(cancel)
			busy.End()
			for _, cmd := range busy {
				if cmd.ProcessState == nil || cmd.ProcessState.Success() {
					t.Errorf("a process has ended by itself: %v", cmd.ProcessState)
				}
			}
		})
	}
	if _, err := StartBusy(t.Context(), -1); err == nil {
		t.Error("a negative number of processes is not refused")
	}
}

// A target that is killed cannot end the processes that it has started.
func TestBusyLoopsDoNotOutliveTheirParent(t *testing.T) {
	needShell(t)
	parent := exec.CommandContext(t.Context(), "sh", "-c", `sh -c "$0" $$ & echo ready; read line`, busyLoop)
	parent.WaitDelay = 30 * time.Second
	stdin, err := parent.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := parent.StdoutPipe() // the loop holds it, too
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, len("ready\n"))); err != nil {
		t.Fatal(err)
	}
	if err := stdin.Close(); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = parent.Process.Wait() }() // or it would remain as a zombie, which kill -0 finds
	ended := make(chan error, 1)
	go func() {
		_, err := io.ReadAll(out)
		ended <- err
	}()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(2 * time.Minute):
		t.Error("the loop is still running")
	}
}

func needShell(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no sh")
	}
}

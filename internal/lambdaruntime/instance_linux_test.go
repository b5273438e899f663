package lambdaruntime

import (
	"os/exec"
	"runtime"
	"syscall"
	"testing"

	"github.com/go-sparta/sparta/internal/process"
)

// The system gives the ID of a process that has ended to another one, at the earliest when its end has been waited for.
func TestNoOtherProcessIsKilled(t *testing.T) {
	runtime.LockOSThread() // the processes end with the thread that has started them
	defer runtime.UnlockOSThread()
	first := exec.CommandContext(t.Context(), "true")
	other := exec.CommandContext(t.Context(), "sleep", "60")
	for _, cmd := range []*exec.Cmd{first, other} {
		process.Isolate(cmd)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
	}
	i := &instance{cmd: first}
	if !process.AwaitExit(first) {
		t.Fatal("the end cannot be waited for")
	}
	i.signalNoMore()
	i.cmd = other // as if it had the ID now
	i.signal()
	if err := first.Wait(); err != nil {
		t.Errorf("the first process ends with %v", err)
	}
	if err := other.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := other.Wait(); err == nil || err.Error() != "signal: terminated" {
		t.Errorf("the other process ends with %v", err)
	}
}

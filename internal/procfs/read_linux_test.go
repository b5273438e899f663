package procfs_test

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"testing"

	"github.com/go-sparta/sparta/internal/procfs"
)

func TestTheMemoryOfAProcessIsRead(t *testing.T) {
	const size = 32 << 20
	content := bytes.Repeat([]byte{1}, size)
	now, peak := procfs.Memory(os.Getpid())
	if now < size || peak < now {
		t.Errorf("with %d bytes in use, %d are in memory and %d were at most", len(content), now, peak)
	}
	runtime.KeepAlive(content)
}

func TestAProcessIsListedUntilItHasEnded(t *testing.T) {
	child := exec.Command("cat")
	input, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	pid := child.Process.Pid
	if children := procfs.Children(os.Getpid()); !slices.Contains(children, pid) {
		t.Errorf("the children are %v, want %d among them", children, pid)
	}
	_ = input.Close()
	if err := child.Wait(); err != nil {
		t.Fatal(err)
	}
	if children := procfs.Children(os.Getpid()); slices.Contains(children, pid) {
		t.Errorf("process %d is listed although it has ended", pid)
	}
	if now, peak := procfs.Memory(pid); now != 0 || peak != 0 {
		t.Errorf("a process that has ended has %d and %d bytes in memory", now, peak)
	}
	if children := procfs.Children(pid); children != nil {
		t.Errorf("a process that has ended has the children %v", children)
	}
}

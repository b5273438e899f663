package procfs_test

import (
	"bytes"
	"io"
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

func TestDescendantsAreListed(t *testing.T) {
	child := exec.Command("sh", "-c", "cat; exit 0") // which starts cat as a process of its own
	input, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := input.Write([]byte("x")); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(output, make([]byte, 1)); err != nil { // cat runs
		t.Fatal(err)
	}
	children := procfs.Children(child.Process.Pid)
	descendants := procfs.Descendants(os.Getpid())
	if len(children) != 1 || !slices.Contains(descendants, child.Process.Pid) ||
		!slices.Contains(descendants, children[0]) {
		t.Errorf("the descendants are %v, want %d and its child %v among them", descendants, child.Process.Pid,
			children)
	}
	_ = input.Close()
	if err := child.Wait(); err != nil {
		t.Fatal(err)
	}
}

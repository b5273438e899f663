//go:build linux

package usage

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

// The processor time of a family grows with what its members do, to less than a tick.
func TestProcessorTimeCountsTheFamily(t *testing.T) {
	child := exec.Command("sh", "-c", "while :; do :; done")
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = child.Process.Kill()
		_ = child.Wait()
	}()
	for begin := ProcessorTime(child.Process.Pid); ProcessorTime(child.Process.Pid) < begin+5*time.Millisecond; {
		time.Sleep(time.Millisecond)
	}
	if all, one := ProcessorTime(os.Getpid()), ProcessorTime(child.Process.Pid); all < one {
		t.Errorf("the family has used %v, a child of it %v", all, one)
	}
	if peak, err := FamilyPeak(os.Getpid()); err != nil || peak < 1 {
		t.Errorf("the family had %v MB in memory (%v)", peak, err)
	}
}

func TestEndedChildren(t *testing.T) {
	before := EndedChildren()
	if err := exec.Command("sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done").Run(); err != nil {
		t.Fatal(err)
	}
	if EndedChildren() <= before {
		t.Errorf("a child that has ended has used %v", EndedChildren()-before)
	}
}

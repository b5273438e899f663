package chores

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
)

// busyLoop ends with the process whose number is its argument, even if that is killed.
const busyLoop = `while kill -0 "$0" 2>/dev/null; do
	i=0
	while [ "$i" -lt 100000 ]; do i=$((i + 1)); done
done`

// Busy are processes, each of which keeps a processor busy. What runs beside them shows whether it depends on the speed
// of the machine.
type Busy []*exec.Cmd

// StartBusy starts processes that are busy until End is called or ctx ends.
func StartBusy(ctx context.Context, processes int) (Busy, error) {
	if processes < 0 {
		return nil, fmt.Errorf("-busy must not be negative, got %d", processes)
	}
	var started Busy
	for range processes {
		cmd := exec.CommandContext(ctx, "sh", "-c", busyLoop, strconv.Itoa(os.Getpid()))
		if err := cmd.Start(); err != nil {
			started.End()
			return nil, fmt.Errorf("start a busy loop: %w", err)
		}
		started = append(started, cmd)
	}
	return started, nil
}

// End ends the processes and waits for them.
func (b Busy) End() {
	for _, cmd := range b {
		_ = cmd.Process.Kill() // fails if it has ended with the context
		_ = cmd.Wait()         // returns that it was killed
	}
}

package explore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/progress"
)

// debugAdvice says how to debug functions that a Python runs. The configuration is printed, not written: the user's
// .vscode/launch.json may have others. It has GDB: behind VS Code, Delve shows no stack of a program that is not in Go.
func debugAdvice(python string) string {
	program, _ := json.Marshal(python) // text always marshals
	var text strings.Builder
	text.WriteString("functions have no timeouts, and one invocation of a function runs at a time.\n" +
		"Attach a debugger to a function's process: Delve (dlv attach PID, 1.26.1 or newer) or GDB (gdb -p PID).\n" +
		"For VS Code with its C/C++ extension, this is a .vscode/launch.json:\n")
	fmt.Fprintf(&text, launchConfiguration, program, debuggerInterface())
	if scope, err := os.ReadFile("/proc/sys/kernel/yama/ptrace_scope"); err == nil && os.Getuid() != 0 &&
		strings.TrimSpace(string(scope)) != "0" {
		text.WriteString("\nThis system lets only root attach to running processes: use sudo, or allow it until the " +
			"next start\nof the system with sudo sysctl kernel.yama.ptrace_scope=0")
	}
	return text.String()
}

const launchConfiguration = `{
  "version": "0.2.0",
  "configurations": [
    {
      "name": "Attach to a function",
      "type": "cppdbg",
      "request": "attach",
      "program": %s,
      "processId": "${command:pickProcess}",
      "MIMode": "%s"
    }
  ]
}`

// debuggerInterface is the debugger that the C/C++ extension uses on this system.
func debuggerInterface() string {
	if runtime.GOOS == "darwin" {
		return "lldb"
	}
	return "gdb"
}

// unlimited is how long an invocation may be stopped in a debugger.
const unlimited = 365 * 24 * time.Hour

// debugConfig makes a configuration one for a debugger: nothing ends while somebody looks at it.
func (e *engine) debugConfig(config *sandbox.Config, name string) {
	config.Timeout, config.InitLimit, config.Idle = unlimited, unlimited, unlimited
	config.Started = func(pid int) {
		e.history.Add(history.Entry{Process: &history.Process{Function: name, PID: pid}})
		e.options.Log.WithField(progress.Step, "debug").Infof("%s runs in process %d: dlv attach %d", name, pid, pid)
	}
}

// startForDebugger starts environments to attach a debugger to: that of the only function, and those of functions that
// have been invoked, which end with each build. The caller has locked the engine.
func (e *engine) startForDebugger() {
	for name, one := range e.functions {
		if len(e.functions) > 1 && !one.invoked.Load() {
			continue
		}
		e.starting.Add(1)
		go func() {
			defer e.starting.Done()
			if release, err := one.wait(e.ctx); err == nil {
				defer release()
				e.warm(name, one)
			}
		}()
	}
}

// warm starts an environment of a function if it has none.
func (e *engine) warm(name string, one *function) {
	if err := one.Warm(e.ctx); err != nil && !errors.Is(err, sandbox.ErrClosed) {
		e.options.Log.Warnf("start %s: %v", name, err)
	}
}

// wait waits until no other invocation of the function runs, and keeps others waiting until it is released.
func (f *function) wait(ctx context.Context) (release func(), err error) {
	select {
	case f.turn <- struct{}{}:
		return func() { <-f.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// invokeInTurn invokes a function when no other invocation of it runs. If its environment has ended afterwards, another
// one is started, to attach to.
func (e *engine) invokeInTurn(
	ctx context.Context, name string, one *function, request lambdaruntime.Request,
) (*sandbox.Result, error) {
	release, err := one.wait(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	one.invoked.Store(true)
	result, err := one.Invoke(ctx, request)
	e.warm(name, one)
	return result, err
}

package lambdaruntime

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/process"
)

// instance is one process of a function with the Runtime API that it talks to.
type instance struct {
	api     *api
	cmd     *exec.Cmd
	outputs []*output
	started time.Time
	resume  sync.Once

	mu     sync.Mutex // guards against signalling a process ID that has been reused
	over   bool       // signals are no longer sent
	killed bool       // it ends soon, although it may still be asking for an event

	exited chan struct{} // closed when the process has ended and all that it sent has been read
	state  *os.ProcessState
	used   bool // an invocation was sent to it or failed because of it; guarded by Process.turn
}

// startInstance starts the process and returns without waiting for its initialization.
func startInstance(options Options, clientDir string) (*instance, error) {
	caller := interpreter.Environment()
	if options.NoCredentials {
		var err error
		if caller, err = withoutCredentials(caller, options.Workspace, options.Python.Version); err != nil {
			return nil, err
		}
	}
	api, err := newAPI()
	if err != nil {
		return nil, err
	}
	command := options.command(clientDir)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = options.Dir
	cmd.Env = options.environment(caller, api.address(), clientDir)
	process.Isolate(cmd)
	i := &instance{api: api, cmd: cmd, started: time.Now(), exited: make(chan struct{})}
	if err := i.connect(options.writers()); err != nil {
		api.drain(0)
		return nil, fmt.Errorf("start %s: %w", command[0], err)
	}
	failed := make(chan error)
	go i.run(failed)
	if err := <-failed; err != nil {
		return nil, fmt.Errorf("start %s: %w", command[0], err)
	}
	if options.Started != nil {
		options.Started(cmd.Process.Pid)
	}
	return i, nil
}

// command returns the command that runs the function.
func (o Options) command(clientDir string) []string {
	if len(o.Command) > 0 {
		return o.Command
	}
	script := filepath.Join(clientDir, "bootstrap.py")
	if !o.usesOwnClient() {
		script = filepath.Join(clientDir, "managed", "start.py")
	}
	command := []string{o.Python.Path, script, o.Handler}
	if o.Layer != "" {
		command = append(command, o.Layer)
	}
	return command
}

// run starts the process, reports whether it started, and waits for its end.
func (i *instance) run(failed chan<- error) {
	// The kernel ends the process with the thread that started it (see process.Isolate), so the thread must stay.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := i.cmd.Start()
	for _, output := range i.outputs {
		output.started(err == nil)
	}
	if err == nil {
		i.api.serveProcess(i.cmd.Process.Pid)
	}
	failed <- err
	if err == nil {
		if process.AwaitExit(i.cmd) {
			i.signal()       // what it has started ends with it, as in an execution environment of Lambda
			i.signalNoMore() // after Wait, another process may have its ID
		}
		_ = i.cmd.Wait() // its state shows how it ended
		i.state = i.cmd.ProcessState
	}
	i.signalNoMore()
	i.api.drain(100 * time.Millisecond)
	for _, output := range i.outputs {
		output.end(time.Second) // a child that has left the group may keep it open
	}
	close(i.exited)
}

// kill ends the process and returns once it has ended.
func (i *instance) kill() {
	i.signal()
	<-i.exited
}

// signal kills the process and what it has started.
func (i *instance) signal() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.killed = true
	if !i.over {
		strays := strays(i.cmd.Process.Pid) // nobody knows afterwards who has started them
		process.KillGroup(i.cmd)
		for _, pid := range strays {
			if stray, err := os.FindProcess(pid); err == nil {
				_ = stray.Kill()
			}
		}
	}
}

// signalNoMore makes signal do nothing.
func (i *instance) signalNoMore() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.over = true
}

// wake resumes a process that has stopped for its snapshot.
func (i *instance) wake() { i.resume.Do(func() { close(i.api.resume) }) }

// awaitKilled waits for the end of a process that has been killed.
func (i *instance) awaitKilled() {
	i.mu.Lock()
	killed := i.killed
	i.mu.Unlock()
	if killed {
		<-i.exited
	}
}

// hasExited reports whether the process has ended.
func (i *instance) hasExited() bool {
	select {
	case <-i.exited:
		return true
	default:
		return false
	}
}

// settle waits for the end of a process that has reported a failure, and kills it after a second.
func (i *instance) settle() {
	select {
	case <-i.exited:
	case <-time.After(time.Second):
		i.kill()
	}
}

package product

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// After a sleep of the machine, an invocation that has responded in time has not timed out, and what has changed is
// built once. Here, only explore sleeps, for longer than the function may run.
func TestExploreAfterASleep(t *testing.T) {
	needHost(t)
	t.Parallel()
	main := strings.NewReplacer("time.Sleep(time.Minute)", "time.Sleep(time.Second)", `return "", nil`,
		`return "rested", nil`)
	dir := exploredModule(t, map[string]string{"main.go": main.Replace(heldMain)})
	e := startExplore(t, dir, spartaProgram(t), "explore", "--port=0")
	wait, greet := e.invoker("wait"), e.invoker("greet")
	if got := greet(); got != `"first"` {
		t.Fatalf("the first answer is %s", got)
	}
	answer := make(chan string, 1)
	go func() { answer <- wait() }()
	e.await("invocation", func() bool { return strings.Contains(e.output.String(), "the function waits") })
	if err := e.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	e.replace("main.go", `"first"`, `"second"`)
	time.Sleep(6 * time.Second)
	if err := e.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	if got := <-answer; got != `"rested"` {
		t.Errorf("the answer is %s", got)
	}
	e.await("second answer", func() bool { return greet() == `"second"` })
	e.interrupt()
	if said := e.output.String(); strings.Count(said, "rebuilt    main.go") != 1 {
		t.Errorf("there are other builds than the one after the change:\n%s", said)
	}
}

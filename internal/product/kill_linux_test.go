package product

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A build that is killed, at whatever moment, leaves the application's files as they were, and does
// not affect the next build.
func TestKilledBuilds(t *testing.T) {
	needHost(t)
	adoptOrphans(t)
	p := newProject(t, "plain")
	p.build(t)
	attempt := 1
	p.stamp(t, attempt)
	start := time.Now()
	p.build(t)
	whole := time.Since(start)

	killed := 0
	try := func(when string, await func(stderr io.Reader)) {
		t.Helper()
		attempt++
		p.stamp(t, attempt)
		before := p.tree(t)
		if p.killBuild(t, await) {
			killed++
		}
		if difference := compareTrees(before, p.tree(t)); difference != "" {
			t.Fatalf("killed %s, the build left the application changed:\n%s", when, difference)
		}
	}
	for _, step := range []string{"transform", "compile", "check"} {
		try("after "+step, func(stderr io.Reader) {
			for lines := bufio.NewScanner(stderr); lines.Scan() && !strings.HasPrefix(lines.Text(), step); {
			}
		})
		p.answers(t, attempt)
	}
	if killed < 2 {
		t.Errorf("%d of 3 builds were killed before their end: a build's steps are not those that this test expects",
			killed)
	}
	killed = 0
	const times = 12
	for i := range times {
		// One moment of every twelfth of a build's time.
		wait := 20*time.Millisecond + time.Duration((float64(i)+rand.Float64())/times*float64(whole))
		try("after "+wait.String(), func(io.Reader) { time.Sleep(wait) })
	}
	t.Logf("%d of %d builds of about %s were killed before their end", killed, times, whole)
	if killed < times/3 {
		t.Errorf("%d of %d builds were killed before their end, too few for a result", killed, times)
	}
	p.answers(t, attempt)
	p.holdsNothingElse(t)
}

// stamp changes the application's source.
func (p project) stamp(t testing.TB, version int) {
	t.Helper()
	p.write(t, "internal/stamp/stamp.go", fmt.Sprintf("package stamp\n\nconst Stamp = \"%d\"\n", version))
}

// killBuild starts a build and kills it, with all processes that it has started, after await returns. It reports
// whether the build was still running.
func (p project) killBuild(t testing.TB, await func(stderr io.Reader)) bool {
	t.Helper()
	cmd := p.command(nil, "cgo:build")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	stderr, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	await(stderr)
	if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		t.Fatal(err)
	}
	err = cmd.Wait()
	deadline := time.Now().Add(10 * time.Second)
	for !errors.Is(syscall.Kill(-cmd.Process.Pid, 0), syscall.ESRCH) {
		_, _ = syscall.Wait4(-cmd.Process.Pid, nil, syscall.WNOHANG, nil)
		if time.Now().After(deadline) {
			t.Fatal("processes of a killed build are still running")
		}
		time.Sleep(time.Millisecond)
	}
	return err != nil
}

// adoptOrphans makes this process the parent of orphaned processes until the test ends. Otherwise the init process
// would have to reap them, which takes some of them seconds.
func adoptOrphans(t *testing.T) {
	t.Helper()
	const setChildSubreaper = 36
	set := func(value uintptr) {
		if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, setChildSubreaper, value, 0); errno != 0 {
			t.Fatal("adopt orphans: ", errno)
		}
	}
	set(1)
	t.Cleanup(func() { set(0) })
}

// answers builds the application from its current sources and checks its answer.
func (p project) answers(t testing.TB, version int) {
	t.Helper()
	got := p.mage(t, nil, "cgo:invoke")
	if want := fmt.Sprintf("[\"%d\",\"small\\n\",\"none\"]\n", version); got.code != 0 || got.stdout != want {
		t.Fatalf("got %q, want %q; exit status %d\n%s", got.stdout, want, got.code, got.stderr)
	}
}

// holdsNothingElse compares the workspace with one of a build in a clean folder.
func (p project) holdsNothingElse(t testing.TB) {
	t.Helper()
	after, zip := p.workspace(t), p.read(t, ".sparta/plain.zip")
	if result := p.mage(t, nil, "cgo:clean"); result.code != 0 {
		t.Fatal(result.stderr)
	}
	p.build(t)
	p.mage(t, nil, "cgo:invoke")
	if want := p.workspace(t); after != want {
		t.Errorf("the workspace holds\n%s\nand after a build from nothing\n%s", after, want)
	}
	if zip != p.read(t, ".sparta/plain.zip") {
		t.Error("the zip is another than that of a build from nothing")
	}
}

// Builds in one folder wait for each other, and all result in the same package.
func TestConcurrentBuilds(t *testing.T) {
	needHost(t)
	t.Parallel()
	p := newProject(t, "plain")
	before := p.tree(t)
	type ended struct {
		args []string
		outcome
	}
	results := make(chan ended)
	commands := [][]string{{"cgo:build"}, {"cgo:build"}, {"cgo:invoke"}, {"cgo:invoke"}}
	for _, args := range commands {
		cmd := p.command(nil, args...)
		go func() {
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			err := cmd.Run()
			results <- ended{args, outcome{stdout.String(), stderr.String(), exitCode(err)}}
		}()
	}
	compiled := 0
	for range commands {
		got := <-results
		want := map[string]string{
			"cgo:build":  ".sparta/plain.zip\n",
			"cgo:invoke": `["0","small\n","none"]` + "\n",
		}[got.args[0]]
		if got.code != 0 || got.stdout != want {
			t.Errorf("mage %s: exit status %d, stdout %q, want %q\n%s", got.args[0], got.code, got.stdout, want,
				got.stderr)
		}
		if strings.Contains(got.stderr, "\ncompile ") {
			compiled++
		}
	}
	if compiled != 1 {
		t.Errorf("%d of %d commands compiled the application, want 1", compiled, len(commands))
	}
	if difference := compareTrees(before, p.tree(t)); difference != "" {
		t.Error(difference)
	}
	p.holdsNothingElse(t)
}

package process

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"testing"
	"time"
)

// behaviour is set for processes that this test starts: the test's own program, which then does not test.
const behaviour = "SPARTA_TEST_PROCESS"

func TestMain(m *testing.M) {
	switch os.Getenv(behaviour) {
	case "":
		os.Exit(m.Run())
	case "polite": // ends when it is asked to
		interrupted := make(chan os.Signal, 1)
		signal.Notify(interrupted, os.Interrupt)
		os.Stdout.WriteString("ready\n")
		<-interrupted
		os.Stdout.WriteString("interrupted\n")
		os.Exit(3)
	case "parent": // starts a child that holds its standard output, and waits for it
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), behaviour+"=child")
		child.Stdout = os.Stdout
		_ = child.Run()
	case "child": // does not end by itself
		os.Stdout.WriteString("ready\n")
		time.Sleep(time.Minute)
	}
}

// started starts the test's own program, and returns it with its output once that has a line.
func started(t *testing.T, ctx context.Context, what string, prepare func(*exec.Cmd)) (*exec.Cmd, io.Reader) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has neither interrupts nor process groups")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := Command(ctx, program)
	cmd.Env = append(os.Environ(), behaviour+"="+what)
	// A pipe of the test's own: Wait closes StdoutPipe's.
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = reader.Close() })
	cmd.Stdout = writer
	prepare(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = writer.Close()
	out := bufio.NewReader(reader)
	if line, err := out.ReadString('\n'); line != "ready\n" {
		t.Fatalf("it wrote %q, %v", line, err)
	}
	return cmd, out
}

func TestACommandIsInterruptedWhenItsContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cmd, out := started(t, ctx, "polite", func(*exec.Cmd) {})
	cancel()
	err := cmd.Wait()
	rest, _ := io.ReadAll(out)
	exit := (*exec.ExitError)(nil)
	if !errors.As(err, &exit) || exit.ExitCode() != 3 || !strings.Contains(string(rest), "interrupted") {
		t.Errorf("error %v, output %q; want exit status 3 after the interrupt", err, rest)
	}
}

// TestAnInterruptIsExplained: nobody has to know what signals are.
func TestAnInterruptIsExplained(t *testing.T) {
	for name, test := range map[string]struct {
		end  func(cmd *exec.Cmd, cancel func()) error
		want string
	}{
		"the context ends": {func(_ *exec.Cmd, cancel func()) error { cancel(); return nil }, "interrupted"},
		"only the command has Ctrl-C": {
			func(cmd *exec.Cmd, _ func()) error { return cmd.Process.Signal(os.Interrupt) }, "interrupted",
		},
		"the command is killed": {
			func(cmd *exec.Cmd, _ func()) error { return cmd.Process.Kill() }, "signal: killed",
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			cmd, _ := started(t, ctx, "child", func(*exec.Cmd) {})
			if err := test.end(cmd, cancel); err != nil {
				t.Fatal(err)
			}
			err := Explain(ctx, cmd.Wait())
			if err == nil || err.Error() != test.want || IsInterrupted(err) != (test.want == "interrupted") {
				t.Errorf("the error is %v, want %s", err, test.want)
			}
		})
	}
	failed := exec.CommandContext(t.Context(), "go", "no-such-command").Run()
	if err := Explain(t.Context(), failed); err == nil || err.Error() != failed.Error() {
		t.Errorf("the error of a command that fails is %v", err)
	}
}

// Output ends only when each process that holds it has ended.
func TestTheEndReachesWhatACommandHasStarted(t *testing.T) {
	for name, end := range map[string]struct {
		prepare func(*exec.Cmd)
		end     func(cmd *exec.Cmd, cancel func())
	}{
		"when the context ends": {EndAsGroup, func(_ *exec.Cmd, cancel func()) { cancel() }},
		"when it is killed":     {Isolate, func(cmd *exec.Cmd, _ func()) { KillGroup(cmd) }},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			cmd, out := started(t, ctx, "parent", end.prepare)
			end.end(cmd, cancel)
			if err := cmd.Wait(); err == nil {
				t.Error("it ended by itself")
			}
			if rest, err := io.ReadAll(out); err != nil || len(rest) > 0 {
				t.Errorf("output %q, %v", rest, err)
			}
		})
	}
}

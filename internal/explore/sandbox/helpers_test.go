package sandbox_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/explore/testfunction"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

func TestMain(m *testing.M) {
	testfunction.Main()
	os.Exit(m.Run())
}

// config returns a function whose initialization behaves as testfunction.Env says.
func config(initialization string) sandbox.Config {
	return sandbox.Config{
		Name:       "tested",
		Dir:        ".",
		Command:    testfunction.Command(),
		Env:        testfunction.Env(initialization),
		Timeout:    time.Minute,
		MemorySize: 1024, // the race detector needs memory
	}
}

// start runs a function until the test ends, and checks then that nothing is left.
func start(t testing.TB, config sandbox.Config) *sandbox.Function {
	t.Helper()
	testfunction.CheckLeaks(t)
	f, err := sandbox.New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// invoke invokes a function and expects a result.
func invoke(t testing.TB, f *sandbox.Function, event testfunction.Event) *sandbox.Result {
	t.Helper()
	result, err := f.Invoke(t.Context(), lambdaruntime.Request{Payload: event.JSON()})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// about asks the function what it sees.
func about(t testing.TB, f *sandbox.Function, event testfunction.Event) (testfunction.About, *sandbox.Result) {
	t.Helper()
	event.About = true
	result := invoke(t, f, event)
	var about testfunction.About
	if err := json.Unmarshal(result.Payload, &about); err != nil || result.Failed {
		t.Fatalf("answered %s (%v)", result.Payload, err)
	}
	return about, result
}

// gate returns the name of a file that does not exist, and a function that makes it.
func gate(t testing.TB) (file string, open func()) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "open")
	return file, func() {
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Error(err)
		}
	}
}

// texts returns the texts of a log's lines.
func texts(result *sandbox.Result) []string {
	var texts []string
	for _, line := range result.Log {
		texts = append(texts, line.Text)
	}
	return texts
}

// ends waits until a process has ended, for some seconds: those that the kernel kills with their group end a little
// later.
func ends(pid int) bool {
	for range 100 {
		if !testfunction.IsRunning(pid) {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

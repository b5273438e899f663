package rebuild

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/process"
	"github.com/go-sparta/sparta/spartamage"
)

// bench is a stand-in for the builds of an application, which the test ends.
type bench struct {
	dir   string
	ends  chan error
	calls chan string // what happens, in order
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{dir: t.TempDir(), ends: make(chan error), calls: make(chan string, 100)}
	b.write(t, "go.mod", "")
	b.write(t, "main.go", "1")
	before := time.Now().Add(-time.Hour) // what is written when a build begins counts as changed
	for _, name := range []string{"go.mod", "main.go"} {
		if err := os.Chtimes(filepath.Join(b.dir, name), before, before); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		_ = b.loop().run(ctx, b.dir)
	}()
	t.Cleanup(func() {
		cancel()
		<-stopped
	})
	return b
}

func (b *bench) loop() *loop {
	relative := func(paths []string) []string {
		names := slices.Clone(paths)
		for i, path := range names {
			names[i] = filepath.Base(path)
		}
		return names
	}
	return &loop{
		build: func(ctx context.Context, _ []string, _ *logrus.Logger) (spartamage.LocalBuild, error) {
			built := spartamage.LocalBuild{Options: spartamage.BuildOptions{Dir: b.dir}}
			select {
			case err := <-b.ends:
				if err == nil {
					built.Inputs, built.Roots = []string{filepath.Join(b.dir, "main.go")}, []string{b.dir}
				}
				return built, err
			case <-ctx.Done():
				b.calls <- "canceled"
				return built, ctx.Err()
			}
		},
		options: Options{
			Files:    []string{filepath.Join(b.dir, "app.env")},
			Started:  func(changed []string) { b.calls <- fmt.Sprintf("started %q", relative(changed)) },
			Finished: func(r Result) { b.calls <- fmt.Sprintf("finished %q %v", relative(r.Changed), r.Err) },
		},
	}
}

func (b *bench) write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(b.dir, name), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) expect(t *testing.T, want ...string) {
	t.Helper()
	for _, one := range want {
		if got := <-b.calls; got != one {
			t.Fatalf("got %s, want %s", got, one)
		}
	}
}

func TestAChangeLeadsToABuild(t *testing.T) {
	b := newBench(t)
	b.expect(t, "started []")
	b.ends <- nil
	b.expect(t, "finished [] <nil>")
	b.write(t, "main.go", "22")
	b.expect(t, `started ["main.go"]`)
	b.ends <- errors.New("broken")
	b.expect(t, `finished ["main.go"] broken`)
	b.write(t, "new.go", "")
	b.expect(t, `started ["new.go"]`)
	b.ends <- nil
	b.expect(t, `finished ["new.go"] <nil>`)
	b.write(t, "app.env", "")
	b.expect(t, `started ["app.env"]`)
	b.ends <- nil
	b.expect(t, `finished ["app.env"] <nil>`)
}

// The result of a build whose files have changed since is of no use.
func TestANewerChangeCancelsABuild(t *testing.T) {
	b := newBench(t)
	b.expect(t, "started []")
	b.write(t, "main.go", "22")
	b.expect(t, "canceled", `started ["main.go"]`)
	b.write(t, "new.go", "")
	b.expect(t, "canceled", `started ["main.go" "new.go"]`)
	b.ends <- nil
	b.expect(t, `finished ["main.go" "new.go"] <nil>`)
}

// Invalid settings remain an error until the magefile is changed again.
func TestInvalidSettings(t *testing.T) {
	settings := map[string]*spartamage.BuildOptions{"magefile.go": {Builder: "nonsense", Dir: t.TempDir()}}
	l := &loop{options: Options{
		Reload: func(_ context.Context, changed []string) *spartamage.BuildOptions { return settings[changed[0]] },
	}}
	before := &spartamage.Workbench{}
	bench := before
	for _, name := range []string{"magefile.go", "main.go"} {
		err := l.reload(t.Context(), []string{name}, &bench)
		if err == nil || !strings.Contains(err.Error(), "nonsense") || bench != before {
			t.Errorf("after a change of %s, the error is %v", name, err)
		}
	}
}

// A terminal sends Ctrl-C to the go command, too, which may end first.
func TestAnInterruptedBuildHasNoResult(t *testing.T) {
	b := newBench(t)
	b.expect(t, "started []")
	interrupted := exec.CommandContext(t.Context(), "sh", "-c", "kill -INT $$")
	b.ends <- process.Explain(t.Context(), interrupted.Run())
	b.write(t, "main.go", "22") // as the end of the context, it ends the wait
	b.expect(t, `started ["main.go"]`)
	b.ends <- nil
	b.expect(t, `finished ["main.go"] <nil>`)
}

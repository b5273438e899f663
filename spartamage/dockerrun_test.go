//go:build unix

package spartamage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/testengine"
)

func quiet() *logrus.Logger {
	log := logrus.New()
	log.SetOutput(io.Discard)
	return log
}

func TestContainerRunDistinguishesErrorsOfEngineAndCompiler(t *testing.T) {
	tests := map[string]struct {
		output string
		exit   string
		fault  bool
		next   string
	}{
		"the compiler rejects the application": {"# example.com/a\n./main.go:3:2: undefined: x", "1", false, ""},
		"the compiler rejects a name of limits": {
			"# example.com/a\n./main.go:3:2: undefined: unix.Setrlimitt", "1", false, "",
		},
		"a folder that the engine's machine does not have": {
			"docker: Error response from daemon: invalid mount config for type \"bind\": bind source path does not " +
				"exist: /app.", "125", true,
			"does not share /app",
		},
		"a folder that is empty inside: no overlay": {
			"go: reading overlay: open /app/.sparta/overlay.json: no such file or directory", "1", true,
			"does not share /app",
		},
		"a folder that is empty inside: no module": {
			"go: go.mod file not found in current directory or any parent directory; see 'go help modules'", "1", true,
			"does not share /app",
		},
		"an architecture without emulation": {
			"exec /usr/local/go/bin/go: exec format error", "1", true, "binfmt",
		},
		"an image without go": {
			"exec: \"go\": executable file not found in $PATH: unknown.", "127", true, "SPARTA_IMAGE",
		},
		"an engine that may not raise limits": {
			"Error: crun: setrlimit RLIMIT_NOFILE: Operation not permitted: OCI permission denied", "126", true,
			"SPARTA_BUILDER=host",
		},
		"an engine that cannot start containers": {
			"docker: Error response from daemon: OCI runtime create failed", "125", true, "SPARTA_BUILDER=host",
		},
		"a compiler that needs more memory than it has": {
			"/usr/local/go/pkg/tool/linux_amd64/compile: signal: killed", "1", true, "memory",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			fake := testengine.New(t)
			escaped := strings.NewReplacer(`"`, `\"`, "$", `\$`).Replace(test.output)
			fake.Add(t, "docker", fmt.Sprintf(`run*) echo "%s" >&2; exit %s;;`, escaped, test.exit))
			output, err := container{Name: "n", Image: "golang:1", Platform: "linux/arm64", Dir: "/app"}.
				run(t.Context(), fake.Dir+"/docker", quiet(), "a.so", "go", "build")
			fault := new(engine.Error)
			if errors.As(err, &fault) != test.fault || !errors.Is(err, engine.ErrFailed) && test.fault {
				t.Fatalf("run() = %v; an engine's fault: want %t", err, test.fault)
			}
			if exit := new(exec.ExitError); !test.fault && !errors.As(err, &exit) {
				t.Errorf("run() = %v, want the go command's exit status", err)
			}
			if !strings.Contains(fault.Next, test.next) || strings.TrimSpace(output) != test.output {
				t.Errorf("run() = %q, %v; want a next step with %q", output, err, test.next)
			}
		})
	}
}

func TestContainerRunEndsTheContainerWithItsContext(t *testing.T) {
	fake := testengine.New(t)
	fake.Add(t, "docker", "run*) exec /bin/sleep 60;;") // it ignores `docker kill`
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	begin := time.Now()
	_, err := container{Name: "sparta-mine"}.run(ctx, fake.Dir+"/docker", quiet(), "a.so", "go", "build")
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("took %s: mage waits 5 s", took)
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("run() = %v, want the context's end", err)
	}
	calls := strings.Join(fake.Calls(t, "docker")[1:], "; ")
	if calls != "kill sparta-mine; rm -f sparta-mine" {
		t.Errorf("docker was called for %q", calls)
	}
}

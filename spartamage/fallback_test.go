//go:build unix

package spartamage

import (
	"bytes"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gobuild"
	"github.com/go-sparta/sparta/internal/testengine"
	"github.com/go-sparta/sparta/internal/testrequire"
)

func TestAutoBuilderFallsBack(t *testing.T) {
	testrequire.Need(t, "gcc")
	const (
		unshared = testengine.Ready + `run*) echo 'bind source path does not exist: /x' >&2; exit 125;;`
		rejects  = testengine.Ready + `run*) echo '# example.com/app
./main.go:1:1: no' >&2; exit 1;;`
		noPull = `"image inspect"*) echo 'no such image' >&2; exit 1;;
info*) echo '{}';;
pull*) echo 'pull access denied' >&2; exit 1;;`
	)
	tests := map[string]struct {
		engine  string
		builder string
		cc      string
		warning string // the one warning; empty means that the host is not asked
		problem error
		says    []string
	}{
		"to the host where the engine does not run": {
			engine:  testengine.NoDaemon,
			builder: "auto",
			warning: "is not running",
		},
		"to the host where the image cannot be pulled": {
			engine:  noPull,
			builder: "auto",
			warning: "pull access denied",
		},
		"to the host where the engine does not share the folder": {
			engine:  unshared,
			builder: "auto",
			warning: "does not share",
		},
		"not where docker is required": {
			engine:  testengine.NoDaemon,
			builder: "docker",
			problem: engine.ErrDown,
		},
		"not where the application does not compile": {
			engine:  rejects,
			builder: "auto",
			says:    []string{"./main.go:1:1: no"},
		},
		"not to a host without a compiler": {
			engine:  testengine.NoDaemon,
			builder: "auto",
			cc:      "no-such-cc",
			problem: engine.ErrDown,
			says:    []string{"start", "no C compiler", "install one"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := os.Getenv("PATH")
			fake := testengine.New(t)
			t.Setenv("PATH", path)
			fake.Add(t, "docker", strings.ReplaceAll(test.engine, "linux/amd64", "linux/"+runtime.GOARCH))
			if test.cc != "" {
				t.Setenv("CC", test.cc)
			}
			o := tinyApp(t)
			if o.GOOS != runtime.GOOS {
				t.Skip("this machine has no compiler for Linux")
			}
			var logged bytes.Buffer
			o.Log = logrus.New()
			o.RunContainer = runContainer(o.Log, "x.so")
			o.Log.SetOutput(&logged)
			o.Engine, o.Builder = engineWith(t, fake.Dir+"/docker", o.Image), test.builder
			builder, err := gobuild.Compile(t.Context(), o)
			warnings := strings.Count(logged.String(), "level=warning")
			if test.warning != "" {
				if err != nil || !strings.HasPrefix(builder.By, "the host's go") || !files.Exists(o.Output) {
					t.Errorf("Compile() = %q, %v", builder.By, err)
				}
				if warnings != 1 || !strings.Contains(logged.String(), test.warning) {
					t.Errorf("%d warnings, want one with %q:\n%s", warnings, test.warning, logged.String())
				}
				return
			}
			if err == nil || warnings != 0 || files.Exists(o.Output) {
				t.Fatalf("Compile() = %q, %v, with %d warnings", builder.By, err, warnings)
			}
			if test.problem != nil && !errors.Is(err, test.problem) {
				t.Errorf("Compile() = %v, want %v", err, test.problem)
			}
			for _, part := range test.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error does not say %q: %v", part, err)
				}
			}
		})
	}
}

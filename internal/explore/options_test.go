package explore

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/internal/testoutput"
	"github.com/go-sparta/sparta/sparta"
)

func TestInvalidFlags(t *testing.T) {
	for want, flags := range map[string]commandline.Explore{
		"-port must be 0 to 65535":       {Port: "65536"},
		"-concurrency must be 1 to 1000": {Concurrency: "0"},
		"an environment variable has an": {Env: []string{"="}},
		"nowhere.env":                    {EnvFile: "nowhere.env"},
		"nowhere.json":                   {Authorization: commandline.Authorization{JWKS: "nowhere.json"}},
		"-jwks and -noAuthorizers exclude": {
			Authorization: commandline.Authorization{JWKS: "nowhere.json", NoAuthorizers: true},
		},
	} {
		if _, err := (Options{Flags: flags}).parse(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: error %v, want %q", flags, err, want)
		}
	}
}

// The service's variables come first, then those of the file, then those of -env.
func TestTheEnvironmentOfAFunction(t *testing.T) {
	t.Setenv("SPARTA_LOG_LEVEL", "debug")
	file := filepath.Join(t.TempDir(), "function.env")
	if err := os.WriteFile(file, []byte("STAGE=file\nFROM=file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	options, err := Options{Flags: commandline.Explore{EnvFile: file, Env: []string{"STAGE=flag"}}}.parse()
	if err != nil {
		t.Fatal(err)
	}
	function := localservice.Function{
		Description: sparta.FunctionDescription{Name: "f"},
		Variables:   map[string]string{"STAGE": "service", "A": "1"},
		Settings:    []string{"B=2"},
		Unknown:     []string{"FROM", "QUEUE"},
	}
	e := newEngine(t.Context(), options)
	want := []string{"A=1", "STAGE=service", "B=2", "SPARTA_LOG_LEVEL=debug", "STAGE=file", "FROM=file", "STAGE=flag"}
	if got := e.environment(function); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	service := localservice.Service{Functions: []localservice.Function{function}}
	if got := missing(service, options.variables); !slices.Equal(got, []string{"f: QUEUE"}) {
		t.Errorf("variables without a value: %q", got)
	}
}

func TestChangedFilesOfVariables(t *testing.T) {
	t.Setenv("SPARTA_LOG_LEVEL", "")
	file := filepath.Join(t.TempDir(), "function.env")
	write := func(content string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("STAGE=first\n")
	log := &testoutput.Output{}
	logger := logrus.New()
	logger.SetOutput(log)
	options, err := Options{Log: logger, Flags: commandline.Explore{Env: []string{"@" + file, "A=1"}}}.parse()
	if err != nil {
		t.Fatal(err)
	}
	s := newSession(options, newEngine(t.Context(), options), nil, nil)
	for _, step := range []struct{ content, changed, want string }{
		{"STAGE=second\n", "main.go", "STAGE=first"},
		{"STAGE=second\n", file, "STAGE=second"},
		{"secret value\n", file, "STAGE=second"},
	} {
		write(step.content)
		s.started([]string{step.changed})
		if got := s.engine.environment(localservice.Function{}); !slices.Equal(got, []string{step.want, "A=1"}) {
			t.Errorf("after a change of %s to %q: %q", step.changed, step.content, got)
		}
	}
	if said := log.String(); !strings.Contains(said, "function.env:1") || strings.Contains(said, "secret") {
		t.Errorf("the log is %s", said)
	}
}

//go:build unix

package engine

import (
	"bytes"
	"context"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/testengine"
	"github.com/go-sparta/sparta/internal/testrequire"
)

const noEntry = `*) echo 'permission denied while trying to connect to the Docker daemon socket at` +
	` unix:///var/run/docker.sock: dial unix /var/run/docker.sock: connect: permission denied' >&2; exit 1;;`

const noContext = `*) echo 'Failed to initialize: unable to resolve docker endpoint: context "nope": context not` +
	` found: open /root/.docker/contexts/meta/ca37/meta.json: no such file or directory' >&2; exit 1;;`

func TestFind(t *testing.T) {
	tests := map[string]struct {
		engines map[string]string // name to script
		cli     string
		env     string // a variable of the environment
		want    string // the engine's name
		image   bool
		found   string
		problem error
		says    []string
	}{
		"docker is ready": {
			engines: map[string]string{
				"docker": testengine.Ready,
				"podman": testengine.Ready,
			},
			want:  "docker",
			image: true,
			found: "linux/amd64",
		},
		"the setting overrides the order": {
			engines: map[string]string{
				"docker":  testengine.Ready,
				"nerdctl": testengine.Ready,
			},
			cli:   "nerdctl",
			want:  "nerdctl",
			image: true,
			found: "linux/amd64",
		},
		"docker is installed and stopped, podman answers": {
			engines: map[string]string{
				"docker": testengine.NoDaemon,
				"podman": testengine.Ready,
			},
			want:  "podman",
			image: true,
			found: "linux/amd64",
		},
		"the image is for another architecture": {
			engines: map[string]string{
				"docker": `"image inspect"*) echo linux/arm64/v8 sha256:1;; info*) echo '{}';;`,
			},
			want:  "docker",
			found: "linux/arm64/v8",
		},
		"docker has no image": {
			engines: map[string]string{
				"docker": `"image inspect"*) echo 'Error response from daemon: No such image: golang:1' >&2; exit 1;;
info*) echo '{}';;`,
			},
			want: "docker",
		},
		"podman has no image": {
			engines: map[string]string{
				"podman": `"image inspect"*) echo 'Error: golang:1: image not known' >&2; exit 125;;
info*) echo '{}';;`,
			},
			want: "podman",
		},
		"an engine with an unknown message that answers has no image": {
			engines: map[string]string{
				"docker": `"image inspect"*) echo 'nope' >&2; exit 1;; version) echo 1;; info*) echo '{}';;`,
			},
			want: "docker",
		},
		"an engine with an unknown message that does not answer": {
			engines: map[string]string{"docker": `*) echo 'the whale sleeps' >&2; exit 1;;`},
			problem: ErrDown,
			says:    []string{"docker: ", "the whale sleeps", "docker version", "SPARTA_BUILDER=host"},
		},
		"no engine at all": {
			problem: ErrNone,
			says:    []string{"docker, podman, finch and nerdctl", "install Docker", "SPARTA_CONTAINER_CLI"},
		},
		"the named engine is missing": {
			engines: map[string]string{"docker": testengine.Ready},
			cli:     "podman",
			problem: ErrNone,
			says:    []string{"podman", "not on PATH", "SPARTA_CONTAINER_CLI"},
		},
		"docker does not run": {
			engines: map[string]string{"docker": testengine.NoDaemon},
			problem: ErrDown,
			says:    []string{"docker: ", "unix:///var/run/docker.sock", "start"},
		},
		"a context that does not exist": {
			engines: map[string]string{"docker": noContext},
			env:     "DOCKER_CONTEXT=nope",
			problem: ErrSettings,
			says: []string{
				"docker: ", `context "nope": context not found`, "correct DOCKER_CONTEXT, or unset it",
			},
		},
		"a context of the configuration that does not exist": {
			engines: map[string]string{"docker": noContext},
			problem: ErrSettings,
			says:    []string{"docker context use NAME"},
		},
		"an old docker's context that does not exist": {
			engines: map[string]string{
				"docker": `*) echo 'Current context "nope" is not found on the file system' >&2; exit 1;;`,
			},
			env:     "DOCKER_CONTEXT=nope",
			problem: ErrSettings,
			says:    []string{"DOCKER_CONTEXT"},
		},
		"an invalid address": {
			engines: map[string]string{
				"docker": `*) echo 'unable to resolve docker endpoint: invalid bind address format' >&2; exit 1;;`,
			},
			env:     "DOCKER_HOST=foo://x",
			problem: ErrSettings,
			says:    []string{"correct DOCKER_HOST, or unset it"},
		},
		"podman's connection that does not exist": {
			engines: map[string]string{
				"podman": `*) echo 'failed to resolve active destination: "nope" service destination not found' >&2
exit 125;;`,
			},
			env:     "CONTAINER_CONNECTION=nope",
			problem: ErrSettings,
			says:    []string{"podman: ", "correct CONTAINER_CONNECTION"},
		},
		"another machine's docker does not run": {
			engines: map[string]string{
				"docker": `*) echo 'error during connect: Get "http://nope:2375/v1.50/x": no such host' >&2; exit 1;;`,
			},
			env:     "DOCKER_HOST=tcp://nope:2375",
			problem: ErrDown,
			says:    []string{"check DOCKER_HOST, which names it"},
		},
		"podman's machine does not run": {
			engines: map[string]string{
				"podman": `*) echo 'Cannot connect to Podman. Please verify your connection' >&2; exit 125;;`,
			},
			problem: ErrDown,
			says:    []string{"podman: ", "start it"},
		},
		"finch's machine does not run": {
			engines: map[string]string{
				"finch": `*) echo 'level=fatal msg="instance \"finch\" is not running, run finch vm start"' >&2
exit 1;;`,
			},
			problem: ErrDown,
			says:    []string{"finch vm start"},
		},
		"this user may not use the socket": {
			engines: map[string]string{"docker": noEntry},
			problem: ErrDenied, says: []string{"permission denied", "usermod -aG docker"},
		},
		"the engine hangs": {
			engines: map[string]string{"docker": `*) exec /bin/sleep 60;;`},
			problem: ErrSilent, says: []string{"image", "300ms", "restart it", "SPARTA_BUILDER=host"},
		},
		"the engine leaves a child behind that hangs": {
			engines: map[string]string{"docker": `*) /bin/sleep 60 & wait;;`},
			problem: ErrSilent, says: []string{"no answer"},
		},
		"the first engine's error is reported": {
			engines: map[string]string{"docker": noEntry, "podman": testengine.NoDaemon},
			problem: ErrDenied, says: []string{"docker: "},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			fake := testengine.New(t)
			for _, variable := range []string{
				"DOCKER_HOST", "DOCKER_CONTEXT", "CONTAINER_HOST", "CONTAINER_CONNECTION",
			} {
				t.Setenv(variable, "")
			}
			if variable, value, ok := strings.Cut(test.env, "="); ok {
				t.Setenv(variable, value)
			}
			for engine, script := range test.engines {
				fake.Add(t, engine, script)
			}
			begin := time.Now()
			got, err := Find(t.Context(),
				Query{CLI: test.cli, Image: "golang:1", Platform: "linux/amd64", Timeout: 300 * time.Millisecond})
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("took %s", took)
			}
			if !errors.Is(err, test.problem) || (err == nil) != (test.problem == nil) {
				t.Fatalf("Find() = %+v, %v; want %v", got, err, test.problem)
			}
			for _, part := range test.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error does not say %q: %v", part, err)
				}
			}
			if err != nil && (strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "; ")) {
				t.Errorf("the error is not one line with a next step: %q", err)
			}
			if err != nil {
				return
			}
			want := fake.Dir + "/" + test.want
			if got.CLI != want || got.HasImage != test.image || got.Found != test.found {
				t.Errorf("Find() = %+v; want %s, image %t, found %q", got, want, test.image, test.found)
			}
		})
	}
}

func TestFindQueriesAReadyEngineOnlyAsNeeded(t *testing.T) {
	fake := testengine.New(t)
	fake.Add(t, "docker", testengine.Ready)
	if _, err := Find(t.Context(), Query{Image: "golang:1", Platform: "linux/amd64"}); err != nil {
		t.Fatal(err)
	}
	want := 1
	if os.Getuid() != 0 && runtime.GOOS == "linux" {
		want = 2 // how the engine maps users
	}
	if calls := fake.Calls(t, "docker"); len(calls) != want {
		t.Errorf("docker was called for %q, want %d calls", calls, want)
	}
}

func TestFindEndsWithItsContext(t *testing.T) {
	fake := testengine.New(t)
	fake.Add(t, "docker", `*) exec /bin/sleep 60;;`)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := Find(ctx, Query{Image: "golang:1", Platform: "linux/amd64"})
	if fault := new(Error); !errors.Is(err, context.DeadlineExceeded) || errors.As(err, &fault) {
		t.Errorf("Find() = %v, want the error of the context, not of the engine", err)
	}
}

func TestIdentityFollowsTheEnginesMapping(t *testing.T) {
	rootless := &struct {
		Security struct{ Rootless bool }
	}{}
	rootless.Security.Rootless = true
	tests := map[string]struct {
		info         engineInfo
		user, userns string
	}{
		"docker": {
			engineInfo{SecurityOptions: []string{"name=seccomp,profile=default"}},
			"7:8",
			"",
		},
		"rootless docker": {
			engineInfo{SecurityOptions: []string{"name=seccomp", "name=rootless"}},
			"0:0",
			"",
		},
		"docker that remaps users":      {engineInfo{SecurityOptions: []string{"name=userns"}}, "7:8", "host"},
		"rootless podman":               {engineInfo{Host: rootless}, "7:8", "keep-id"},
		"an engine without information": {engineInfo{}, "7:8", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if user, userns := test.info.identity(7, 8); user != test.user || userns != test.userns {
				t.Errorf("identity() = %s, %q; want %s, %q", user, userns, test.user, test.userns)
			}
		})
	}
}

func TestPull(t *testing.T) {
	fake := testengine.New(t)
	fake.Add(t, "docker", `*here*) echo 'Pulling from library/golang';;
*) echo 'Error response from daemon: Get "https://registry.example/v2/": dial tcp: no such host' >&2; exit 1;;`)
	engine := Engine{CLI: fake.Dir + "/docker", Found: "linux/arm64"}
	var progress bytes.Buffer
	err := engine.Pull(t.Context(), "here", "linux/amd64", &progress)
	if err != nil || !strings.Contains(progress.String(), "Pulling from") {
		t.Errorf("Pull() = %v, with progress %q", err, progress.String())
	}
	err = engine.Pull(t.Context(), "golang:9", "linux/amd64", &progress)
	if !errors.Is(err, ErrNoImage) {
		t.Fatalf("Pull() = %v, want %v", err, ErrNoImage)
	}
	for _, part := range []string{
		"golang:9 for linux/amd64",
		"no such host",
		"linux/arm64 only",
		"docker pull --platform linux/amd64 golang:9",
		"SPARTA_IMAGE",
	} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not say %q: %v", part, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err = engine.Pull(ctx, "here", "linux/amd64", &progress)
	if !errors.Is(err, context.Canceled) || errors.Is(err, ErrNoImage) {
		t.Errorf("Pull() = %v, want the error of the context, not of the engine", err)
	}
	if calls := fake.Calls(t, "docker"); calls[0] != "pull --platform linux/amd64 here" {
		t.Errorf("docker was called for %q", calls)
	}
}

func TestFindFindsTheRealEngine(t *testing.T) {
	testrequire.Need(t, "docker")
	env, err := gosource.ReadEnvironment(t.Context(), ".", "", "")
	if err != nil {
		t.Fatal(err)
	}
	image := os.Getenv("SPARTA_IMAGE")
	if image == "" {
		image = "golang:" + env.Version()
	}
	query := Query{CLI: os.Getenv("SPARTA_CONTAINER_CLI"), Image: image, Platform: "linux/" + runtime.GOARCH}
	engine, err := Find(t.Context(), query)
	if err != nil || !engine.HasImage {
		t.Errorf("Find(%+v) = %+v, %v", query, engine, err)
	}
	query.Image = "sparta.invalid/none:1"
	if engine, err = Find(t.Context(), query); err != nil || engine.HasImage {
		t.Fatalf("Find(%+v) = %+v, %v; want an engine without the image", query, engine, err)
	}
	if err := engine.Pull(t.Context(), query.Image, query.Platform, &bytes.Buffer{}); !errors.Is(err, ErrNoImage) {
		t.Errorf("Pull(%s) = %v, want %v", query.Image, err, ErrNoImage)
	}
}

//go:build unix

package spartamage

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/builder"
	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gobuild"
	"github.com/go-sparta/sparta/internal/testrequire"
	"github.com/go-sparta/sparta/internal/workspace"
)

// buildContainer returns the container that would compile o, and its engine.
func buildContainer(t *testing.T, o gobuild.Options) (container, engine.Engine) {
	t.Helper()
	found, err := o.Engine()
	noError(t, err)
	var box container
	o.Builder = "docker"
	o.RunContainer = func(_ context.Context, _ string, c gobuild.Container, _ ...string) (string, error) {
		box = container(c)
		return "", errors.New("no container is wanted")
	}
	if _, err := gobuild.Compile(t.Context(), o); box.Label == "" {
		t.Fatal(err)
	}
	box.Name = engine.ContainerName()
	return box, found
}

// containersOf lists the containers of a workspace's builds.
func containersOf(t *testing.T, found engine.Engine, workspace string) string {
	t.Helper()
	label := "label=" + engine.WorkspaceLabel + "=" + workspace
	out, err := exec.Command(found.CLI, "ps", "-aq", "--filter", label).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(bytes.TrimSpace(out))
}

func TestCancelledContainerIsRemoved(t *testing.T) {
	testrequire.Need(t, "docker")
	o := tinyApp(t)
	box, found := buildContainer(t, o)
	ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer cancel()
	begin := time.Now()
	_, err := box.run(ctx, found.CLI, quiet(), "x.so", "sleep", "60")
	if took := time.Since(begin); !errors.Is(err, context.DeadlineExceeded) || took > 6*time.Second {
		t.Errorf("run() = %v after %s", err, took)
	}
	if left := containersOf(t, found, o.Workspace); left != "" {
		t.Errorf("containers left: %s", left)
	}
}

// The next command in the workspace ends the container of a killed build.
func TestALaterBuildRemovesTheContainerOfAKilledOne(t *testing.T) {
	testrequire.Need(t, "docker", "gcc")
	for name, next := range map[string]func(*testing.T, gobuild.Options){
		"a container build": func(t *testing.T, o gobuild.Options) { mustCompile(t, o) },
		"a host build": func(t *testing.T, o gobuild.Options) {
			o.Builder = "host"
			mustCompile(t, o)
		},
		"a clean, after a run of another target": func(t *testing.T, o gobuild.Options) {
			parent := filepath.Dir(o.Workspace)
			noError(t, os.WriteFile(filepath.Join(parent, "lock"), nil, 0o644))
			noError(t, builder.Clean(t.Context(), quiet(), filepath.Dir(parent)))
		},
		"a clean": func(t *testing.T, o gobuild.Options) {
			noError(t, os.WriteFile(filepath.Join(o.Workspace, "lock"), nil, 0o644)) // as every build has it
			noError(t, builder.Clean(t.Context(), quiet(), filepath.Dir(o.Workspace)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := tinyApp(t)
			if name == "a clean, after a run of another target" {
				o.Workspace = string(workspace.Dir(o.Workspace).Local())
				o.Output = filepath.Join(o.Workspace, "build", "x.so")
			}
			box, found := buildContainer(t, o)
			noError(t, engine.MarkContainer(o.Workspace, found.CLI))
			client := exec.Command(found.CLI, gobuild.Container(box).Args("sleep", "60")...)
			noError(t, client.Start())
			for deadline := time.Now().Add(2 * time.Minute); containersOf(t, found, o.Workspace) == ""; {
				if time.Now().After(deadline) {
					t.Fatal("the container did not start")
				}
				time.Sleep(50 * time.Millisecond)
			}
			// As after kill -9: no client, no clean-up, and the container is still running.
			noError(t, client.Process.Kill())
			_ = client.Wait()
			next(t, o)
			if left := containersOf(t, found, o.Workspace); left != "" {
				t.Errorf("the killed build's container still runs: %s", left)
			}
			if files.Exists(engine.ContainerMark(o.Workspace)) {
				t.Error("it is still looked for")
			}
		})
	}
}

// Anybody who can write to a workspace could name a program there.
func TestAMarkDoesNotRunPrograms(t *testing.T) {
	dir := t.TempDir()
	ran := filepath.Join(dir, "ran")
	program := filepath.Join(dir, "docker")
	noError(t, os.WriteFile(program, []byte("#!/bin/sh\ntouch "+ran+"\n"), 0o755))
	noError(t, os.MkdirAll(filepath.Join(dir, "build"), 0o755))
	noError(t, engine.MarkContainer(dir, program))
	engine.RemoveOrphans(t.Context(), dir)
	if files.Exists(ran) {
		t.Error("the program that the mark names has run")
	}
}

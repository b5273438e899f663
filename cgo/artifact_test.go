//go:build !lambdabinary

package cgo

import (
	"archive/zip"
	"context"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/sirupsen/logrus"
	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// finishedPackage makes a package in an application's folder without sources, where a build would fail.
func finishedPackage(t *testing.T, app string) *spartamage.Artifact {
	t.Helper()
	workspace := filepath.Join(app, ".sparta")
	stage := filepath.Join(workspace, "stage")
	check(t, os.MkdirAll(stage, 0o755))
	check(t, os.WriteFile(filepath.Join(stage, "index.py"), []byte("pass\n"), 0o644))
	path := filepath.Join(workspace, "app.zip")
	file, err := os.Create(path)
	check(t, err)
	archive := zip.NewWriter(file)
	entry, err := archive.Create("index.py")
	check(t, err)
	_, err = entry.Write([]byte("pass\n"))
	check(t, err)
	check(t, archive.Close())
	check(t, file.Close())
	content, err := os.ReadFile(path)
	check(t, err)
	sum := blake2b.Sum256(content)
	return &spartamage.Artifact{Name: "app", Zip: path, Stage: stage, Checksum: hex.EncodeToString(sum[:])}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestThePackageOfTheTargetsIsUsedIfIntact(t *testing.T) {
	nothing := func(context.Context, *sparta.Workflow) error { return nil }
	for name, c := range map[string]struct {
		hooks  sparta.WorkflowHooks
		change func(artifact *spartamage.Artifact) error
		taken  bool
	}{
		"as it is": {taken: true},
		"with hooks after it": {
			hooks: sparta.WorkflowHooks{PostBuild: []sparta.WorkflowHook{nothing}},
			taken: true,
		},
		"not with hooks before it": {hooks: sparta.WorkflowHooks{PreBuild: []sparta.WorkflowHook{nothing}}},
		"not one that was removed": {change: func(a *spartamage.Artifact) error { return os.Remove(a.Zip) }},
		"not one that was changed": {
			change: func(a *spartamage.Artifact) error { return os.WriteFile(a.Zip, nil, 0o644) },
		},
		"not without its stage": {change: func(a *spartamage.Artifact) error { return os.RemoveAll(a.Stage) }},
	} {
		t.Run(name, func(t *testing.T) {
			app := t.TempDir()
			artifact := finishedPackage(t, app)
			if c.change != nil {
				check(t, c.change(artifact))
			}
			logger := logrus.New()
			logger.SetOutput(io.Discard)
			s := service{
				hooks:      &c.hooks,
				deployment: spartamage.Deployment{Build: spartamage.BuildOptions{Dir: app}, Package: artifact},
			}
			got, err := s.artifact(t.Context(), logger)
			if taken := got == artifact && err == nil; taken != c.taken {
				t.Errorf("taken is %t, want %t (%v)", taken, c.taken, err)
			}
		})
	}
}

package spartamage

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/gobuild"
)

func TestContainerArgs(t *testing.T) {
	tests := map[string]struct {
		container container
		want      string // fields, one on each line
	}{
		"a build's": {
			container{
				Name:      "sparta-x",
				Label:     "/app/.sparta",
				Image:     "golang:1.26.8",
				Platform:  "linux/arm64",
				Dir:       "/app/cmd/x",
				User:      "1000:100",
				ReadOnly:  []string{"/app", "/home/a/go/pkg/mod"},
				ReadWrite: []string{"/app/.sparta"},
				Env:       []string{"GOOS=linux", "GOARCH=arm64"},
				Inherit:   []string{"SPARTA_A", "SPARTA_B"},
			},
			`run --rm --pull=never --name sparta-x --label io.gosparta.workspace=/app/.sparta
			--platform linux/arm64 --network none --user 1000:100
			--mount type=bind,source=/app,target=/app,readonly
			--mount type=bind,source=/home/a/go/pkg/mod,target=/home/a/go/pkg/mod,readonly
			--mount type=bind,source=/app/.sparta,target=/app/.sparta
			-w /app/cmd/x -e GOOS=linux -e GOARCH=arm64 -e SPARTA_A -e SPARTA_B golang:1.26.8 go version`,
		},
		"rootless podman keeps the caller's identity, and SELinux is disabled for the container": {
			container{
				Name:      "n",
				Label:     "l",
				Image:     "i",
				Platform:  "linux/amd64",
				Dir:       "/d",
				User:      "1:1",
				UserNS:    "keep-id",
				NoSELinux: true,
			},
			`run --rm --pull=never --name n --label io.gosparta.workspace=l --platform linux/amd64 --network none
			--user 1:1 --userns keep-id --security-opt label=disable -w /d i go version`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, want := gobuild.Container(test.container).Args("go", "version"), strings.Fields(test.want)
			if !slices.Equal(got, want) {
				t.Errorf("args()\n got %q\nwant %q", got, want)
			}
		})
	}
}

func TestContainerNamesDiffer(t *testing.T) {
	if a, b := engine.ContainerName(), engine.ContainerName(); a == b || !strings.HasPrefix(a, "sparta-") {
		t.Errorf("engine.ContainerName() = %q, then %q", a, b)
	}
}

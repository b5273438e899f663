package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/files"
)

// WorkspaceLabel is the label that names the workspace of a build's container, so that
// `docker ps --filter label=…` finds one that outlived its build.
const WorkspaceLabel = "io.gosparta.workspace"

// ContainerMark returns the path of the file that names the engine of the workspace's running container. The file
// outlives a build that is killed or interrupted, as the container may.
func ContainerMark(workspace string) string {
	return filepath.Join(workspace, "build", "container")
}

// MarkContainer writes the file that names the engine of the container that is about to be started.
func MarkContainer(workspace, cli string) error {
	if err := files.Write(ContainerMark(workspace), []byte(cli+"\n")); err != nil {
		return fmt.Errorf("write to the workspace: %w", err)
	}
	return nil
}

// RemoveOrphans removes the containers of killed builds in the workspace, because the sources that
// they read are about to change. A failure does not end the build. The caller has locked the workspace.
func RemoveOrphans(ctx context.Context, workspace string) {
	content, err := os.ReadFile(ContainerMark(workspace))
	if err != nil {
		return // as usual: the last build has ended its container
	}
	cli, err := Known(strings.TrimSpace(string(content)))
	if err != nil {
		return // not written by a build of this user and machine
	}
	label := "label=" + WorkspaceLabel + "=" + workspace
	out, _, err := Output(ctx, time.Minute, cli, "ps", "-aq", "--filter", label)
	if ids := strings.Fields(out); err == nil && len(ids) > 0 {
		_, _, err = Output(ctx, time.Minute, cli, append([]string{"rm", "-f"}, ids...)...)
	}
	if err == nil {
		_ = os.Remove(ContainerMark(workspace))
	}
}

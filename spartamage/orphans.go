package spartamage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/files"
)

// containerMark is the file that names the engine of a container that works for the workspace. It
// outlives a build that is killed or interrupted, as the container may.
func containerMark(workspace string) string {
	return filepath.Join(workspace, "build", "container")
}

func markContainer(workspace, cli string) error {
	if err := files.Write(containerMark(workspace), []byte(cli+"\n")); err != nil {
		return fmt.Errorf("write to the workspace: %w", err)
	}
	return nil
}

// removeOrphans removes the containers of builds in the workspace whose process was killed: their
// sources change now. A failure does not end the build. The caller has locked the workspace.
func removeOrphans(ctx context.Context, workspace string) {
	content, err := os.ReadFile(containerMark(workspace))
	if err != nil {
		return // as usual: the last build has ended its container
	}
	cli, err := engine.Known(strings.TrimSpace(string(content)))
	if err != nil {
		return // not written by a build of this user and machine
	}
	label := "label=" + workspaceLabel + "=" + workspace
	out, _, err := engine.Output(ctx, 10*time.Second, cli, "ps", "-aq", "--filter", label)
	if ids := strings.Fields(out); err == nil && len(ids) > 0 {
		_, _, err = engine.Output(ctx, 10*time.Second, cli, append([]string{"rm", "-f"}, ids...)...)
	}
	if err == nil {
		_ = os.Remove(containerMark(workspace))
	}
}

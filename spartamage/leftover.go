package spartamage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/engine"
)

// containerMark is the file that says that a container works for the workspace, and of which
// engine. It outlives a build that is killed or interrupted, as the container may.
func containerMark(workspace string) string {
	return filepath.Join(workspace, "build", "container")
}

func markContainer(workspace, cli string) error {
	if err := os.WriteFile(containerMark(workspace), []byte(cli+"\n"), 0o644); err != nil {
		return fmt.Errorf("write to the workspace: %w", err)
	}
	return nil
}

// endLeftovers ends the containers of builds in the workspace whose own process was killed: their
// sources have changed. That none can be ended is no reason not to go on. The
// caller has locked the workspace.
func endLeftovers(ctx context.Context, workspace string) {
	content, err := os.ReadFile(containerMark(workspace))
	if err != nil {
		return // the usual case: the last build has ended its container
	}
	cli := strings.TrimSpace(string(content))
	out, _, err := engine.Output(ctx, 10*time.Second, cli, "ps", "-aq", "--filter", "label="+workspaceLabel+"="+workspace)
	if ids := strings.Fields(out); err == nil && len(ids) > 0 {
		_, _, err = engine.Output(ctx, 10*time.Second, cli, append([]string{"rm", "-f"}, ids...)...)
	}
	if err == nil {
		_ = os.Remove(containerMark(workspace))
	}
}

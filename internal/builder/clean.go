package builder

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/internal/rewrite"
	"github.com/go-sparta/sparta/internal/workspace"
)

// Clean removes what builds have made in the workspace of an application's folder, and what compile errors left beside
// it. It says what it keeps.
func Clean(ctx context.Context, log *logrus.Logger, dir string) error {
	root := filepath.Join(dir, workspace.Name)
	if info, err := os.Lstat(root); err == nil && info.Mode().IsRegular() {
		return fmt.Errorf("remove the workspace: %s is a file that no build has created: move it away", root)
	}
	if err := workspace.SweepOriginal(filepath.Join(root, workspace.OriginalFolder), dir); err != nil {
		return err
	}
	busy := func() { log.Info("Waiting for a build in " + files.Shown(dir, root)) }
	kept, err := workspace.Dir(root).Remove(ctx, busy, func() {
		engine.RemoveOrphans(ctx, root)
		engine.RemoveOrphans(ctx, string(workspace.Dir(root).Local()))
	})
	if err != nil {
		return fmt.Errorf("remove the workspace: %w", err)
	}
	for _, path := range kept {
		log.WithField(progress.Step, "keep").Infof("%s, which no build has made", files.Shown(dir, path))
	}
	if err := rewrite.RemoveRejected(dir); err != nil {
		return fmt.Errorf("remove the sources that a compile error left: %w", workspace.Unremovable(err))
	}
	return nil
}

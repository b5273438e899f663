package spartamage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sirupsen/logrus"
)

// clean removes the workspace of an application's folder, and what compile
// errors left beside it.
func clean(ctx context.Context, log *logrus.Logger, dir string) error {
	root := filepath.Join(dir, workspaceName)
	if info, err := os.Lstat(root); err == nil && info.Mode().IsRegular() {
		return fmt.Errorf("remove the workspace: %s is a file, which no build has made: move it away", root)
	}
	busy := func() { log.Info("Waiting for a build in " + shownFrom(dir, root)) }
	if err := workspace(root).remove(ctx, busy); err != nil {
		return fmt.Errorf("remove the workspace: %w", err)
	}
	// No path of the user's may be taken for a pattern.
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("remove what a compile error left: %w", err)
	}
	for _, entry := range entries {
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), leftSuffix) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, entry.Name())); err != nil {
			return fmt.Errorf("remove what a compile error left: %w", err)
		}
	}
	return nil
}

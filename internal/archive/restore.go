package archive

import (
	"context"
	"os"

	"github.com/go-sparta/sparta/internal/files"
)

// Restore reports whether it could make a zip again from its folder, with the same checksum: a package of the same
// name, for example for another architecture, has replaced it, or it was removed.
func Restore(ctx context.Context, dir, zipPath, checksum string) bool {
	if err := files.SweepScratch(zipPath); err != nil {
		return false
	}
	again := files.Scratch(zipPath)
	defer os.Remove(again)
	report, err := Write(ctx, dir, again)
	return err == nil && report.Checksum == checksum && os.Rename(again, zipPath) == nil
}

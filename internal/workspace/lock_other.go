//go:build !unix

package workspace

import (
	"context"
	"os"
)

// lockFile does nothing where there is no flock: two builds in one folder at a
// time are the user's to avoid there.
func lockFile(context.Context, *os.File, func()) error { return nil }

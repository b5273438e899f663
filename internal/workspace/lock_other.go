//go:build !unix

package workspace

import (
	"context"
	"os"
)

// lockFile does nothing, because there is no flock here: users have to avoid concurrent builds in one folder.
func lockFile(context.Context, *os.File, func()) error { return nil }

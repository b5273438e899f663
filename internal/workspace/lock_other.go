//go:build !unix

package workspace

import (
	"context"
	"os"
)

// There is no flock here: users have to avoid concurrent builds in one folder.

func lockFile(context.Context, *os.File, func()) error { return nil }

func tryLockFile(*os.File) bool { return true }

func shareFile(*os.File) error { return nil }

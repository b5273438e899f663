package gobuild

import (
	"os"
	"path/filepath"
)

// Cache returns the folder of the containers' GOCACHE: one for all of the user's applications,
// since compiling the standard library takes half a minute, or else one in the workspace.
func Cache(workspace string) string {
	if user, err := os.UserCacheDir(); err == nil {
		cache := filepath.Join(user, "sparta", "go-build")
		if os.MkdirAll(cache, 0o755) == nil {
			return cache
		}
	}
	return filepath.Join(workspace, "cache", "go-build")
}

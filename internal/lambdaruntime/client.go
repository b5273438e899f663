package lambdaruntime

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/files"
)

// The patterns name files, because a pattern that names a folder leaves out __init__.py.
//
//go:embed client/*.py client/awslambdaric/*.py client/managed/*.py client/standin/snapshot_restore_py/*.py
var client embed.FS

// installClient writes the embedded Python client below the workspace and returns its folder. The folder is
// named after its content, so that all processes share it and versions do not mix.
func installClient(workspace string) (string, error) {
	workspace, err := workspaceOr(workspace)
	if err != nil {
		return "", fmt.Errorf("write the Python runtime client: %w", err)
	}
	files := map[string][]byte{}
	digest := sha256.New()
	err = fs.WalkDir(client, "client", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := client.ReadFile(name)
		files[name[len("client/"):]] = content
		fmt.Fprintf(digest, "%s %d\n%s", name, len(content), content)
		return err
	})
	if err != nil {
		return "", err
	}
	dir := filepath.Join(workspace, "runtime-client-"+hex.EncodeToString(digest.Sum(nil)[:8]))
	for name, content := range files {
		if err := ensureFile(filepath.Join(dir, filepath.FromSlash(name)), content); err != nil {
			return "", fmt.Errorf("write the Python runtime client: %w", err)
		}
	}
	return dir, nil
}

// workspaceOr returns the absolute path of a workspace, which is one in the user's cache folder if it is empty.
func workspaceOr(workspace string) (string, error) {
	if workspace != "" {
		return filepath.Abs(workspace)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("%w; set HOME", err)
	}
	return filepath.Join(cache, "sparta"), nil
}

// ensureFile writes content to path unless the file has that content. Concurrent readers never see part of it.
func ensureFile(path string, content []byte) error {
	if present, err := os.ReadFile(path); err == nil && bytes.Equal(present, content) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return files.Write(path, content)
}

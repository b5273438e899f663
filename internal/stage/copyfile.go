package stage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// copyFile copies a file with its permissions, and makes the folder for it. If source is a symbolic link, it copies
// the file that the link leads to. The copy can be read and replaced by its owner, whatever the permissions are.
func copyFile(ctx context.Context, source, target string) error {
	info, err := os.Stat(source)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() { // opening a named pipe would wait for a writer
		return fmt.Errorf("it is no longer a regular file (%s)", info.Mode().Type())
	}
	from, err := os.Open(source)
	if err != nil {
		return err
	}
	defer from.Close()
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	to, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, contextReader{ctx, from})
	err = errors.Join(err, to.Close())
	if err != nil {
		return err
	}
	return os.Chmod(target, info.Mode().Perm()|0o600)
}

// contextReader returns an error once its context has ended.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

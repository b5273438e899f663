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
func copyFile(ctx context.Context, source, target string) (err error) {
	info, err := os.Stat(source)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for its writer
		return fmt.Errorf("it is no longer a regular file (%s)", info.Mode().Type())
	}
	in, err := os.Open(source)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
		return err
	}
	out, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if err := os.Chmod(target, info.Mode()|0o600); err != nil { // whatever the umask is
		return err
	}
	_, err = io.Copy(out, contextReader{ctx, in})
	return err
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

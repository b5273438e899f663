package stage

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/otiai10/copy"
)

// copyFile copies a file with its permissions, and makes the folder for it. If source is a symbolic link, it copies
// the file that the link leads to. The copy can be read and replaced by its owner, whatever the permissions are.
func copyFile(ctx context.Context, source, target string) error {
	// package copy resolves links by their text, which fails below a linked folder.
	actual, err := filepath.EvalSymlinks(source)
	if err != nil {
		return err
	}
	info, err := os.Stat(actual)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("it is no longer a regular file (%s)", info.Mode().Type())
	}
	err = copy.Copy(actual, target, copy.Options{
		PermissionControl: copy.AddPermission(0o600),
		WrapReader:        func(r io.Reader) io.Reader { return contextReader{ctx, r} },
	})
	if err != nil {
		return err
	}
	// package copy reports no error for a file that has disappeared.
	_, err = os.Lstat(target)
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

package repack

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/workspace"
	"github.com/go-sparta/sparta/sparta"
)

// Stage returns a folder with the files of the package and those that hooks add, for runs on this machine. It is beside
// the package's stage, and its name depends on what hooks add, so that it is made once. If they add nothing, Stage
// returns the package's stage. It removes earlier folders that have not been used for a while.
func Stage(ctx context.Context, pkg Package, hooks func(sparta.PackageWriter) error) (stage string, err error) {
	workspace.SweepCopies(pkg.Stage)
	added := files.Scratch(pkg.Stage)
	defer func() { err = errors.Join(err, os.RemoveAll(added)) }()
	count, err := collect(pkg, added, hooks)
	if err != nil || count == 0 {
		return pkg.Stage, err
	}
	if stage, err = extend(ctx, pkg, added); err != nil {
		return "", fmt.Errorf("add files to the package: %w", files.WithDiskAdvice(err))
	}
	return stage, nil
}

// extend makes the folder, unless it exists.
func extend(ctx context.Context, pkg Package, added string) (string, error) {
	own, err := examine(ctx, pkg.Stage, nil)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	further, err := examine(ctx, added, sum)
	if err != nil {
		return "", err
	}
	if err := archive.CheckLimit(pkg.Zip, append(own, further...)); err != nil {
		return "", err
	}
	stage := pkg.Stage + "-" + hex.EncodeToString(sum.Sum(nil)[:8])
	if files.Exists(stage) {
		now := time.Now()
		return stage, os.Chtimes(stage, now, now) // or another run would sweep it before it is used
	}
	fresh := files.Scratch(stage)
	for _, folder := range []string{pkg.Stage, added} {
		if err := os.CopyFS(fresh, os.DirFS(folder)); err != nil {
			return "", errors.Join(err, os.RemoveAll(fresh))
		}
	}
	if err := os.Rename(fresh, stage); err != nil && !files.Exists(stage) { // unless another run has made it meanwhile
		return "", errors.Join(err, os.RemoveAll(fresh))
	}
	return stage, os.RemoveAll(fresh)
}

// examine lists the files in a folder. If to is not nil, it writes what distinguishes them.
func examine(ctx context.Context, dir string, to io.Writer) (found []archive.File, err error) {
	content := os.DirFS(dir)
	err = fs.WalkDir(content, ".", func(name string, entry fs.DirEntry, err error) error {
		if err = errors.Join(err, ctx.Err()); err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		found = append(found, archive.File{Name: name, Size: info.Size()})
		if to == nil {
			return nil
		}
		file, err := content.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		if _, err := fmt.Fprintf(to, "%q %o %d\n", name, info.Mode(), info.Size()); err != nil {
			return err
		}
		_, err = io.Copy(to, file)
		return err
	})
	return found, err
}

// Package archive writes the zip file for Lambda. The same files always result in the same bytes, regardless of
// when, where and by whom they are packed, so an unchanged package is recognized by its checksum.
//
// The checksum is not SHA-256, because crypto/sha256 imports 28 packages, which mage lists each time it starts a
// target. Package provision computes the SHA-256 that Lambda and S3 use.
package archive

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/files"
)

// Report describes a written archive.
type Report struct {
	Path     string // of the zip file, as given
	Checksum string // BLAKE2b-256 of its bytes, in hexadecimal
	Size     int64  // bytes of the zip file
	Unzipped int64  // bytes of its files
	Files    []File // in the archive's order: by name
}

// File is one entry of an archive.
type File struct {
	Name       string // slashes, relative: "bin/hello.so"
	Size       int64  // bytes
	Compressed int64  // bytes in the archive
}

// Write packs the files under dir into zipPath. Anything but a regular file, such as a symbolic link, is an
// error. The file at zipPath is replaced when the new one is complete; after an error, or if ctx ends, it is
// unchanged.
func Write(ctx context.Context, dir, zipPath string) (Report, error) {
	return WriteAll(ctx, []string{dir}, zipPath)
}

// WriteAll writes the files under several folders, as Write does for one. Of two files with the same name, it writes
// that of the later folder.
func WriteAll(ctx context.Context, dirs []string, zipPath string) (Report, error) {
	report, err := write(ctx, dirs, zipPath)
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		err = fmt.Errorf("%w: free some space there and build again", err)
	}
	if err != nil {
		return Report{}, fmt.Errorf("package %s: %w", zipPath, err)
	}
	return report, nil
}

func write(ctx context.Context, dirs []string, zipPath string) (Report, error) {
	paths := map[string]string{} // by name
	for _, dir := range dirs {
		if err := outside(dir, zipPath); err != nil {
			return Report{}, err
		}
		names, err := list(ctx, dir)
		if err != nil {
			return Report{}, err
		}
		for _, name := range names {
			paths[name] = filepath.Join(dir, filepath.FromSlash(name))
		}
	}
	if err := checkLimit(zipPath, paths); err != nil {
		return Report{}, err
	}
	report := Report{Path: zipPath}
	hash, err := blake2b.New256(nil)
	if err != nil {
		return Report{}, err
	}
	err = files.Replace(zipPath, func(w io.Writer) error {
		counted := &counter{w: io.MultiWriter(w, hash)}
		report.Files, err = pack(ctx, counted, paths)
		report.Size = counted.n
		return err
	})
	if err != nil {
		return Report{}, err
	}
	for _, f := range report.Files {
		report.Unzipped += f.Size
	}
	report.Checksum = fmt.Sprintf("%x", hash.Sum(nil))
	return report, nil
}

// pack writes files as a zip stream. The keys of paths are their names in it.
func pack(ctx context.Context, w io.Writer, paths map[string]string) ([]File, error) {
	archive := zip.NewWriter(w)
	archive.RegisterCompressor(zip.Deflate, newDeflater().stream)
	headers := make([]*zip.FileHeader, 0, len(paths))
	for _, name := range slices.Sorted(maps.Keys(paths)) {
		info, err := os.Stat(paths[name])
		if err != nil {
			return nil, fmt.Errorf("add %s: %w", name, err)
		}
		header := entry(name, info.Mode())
		out, err := archive.CreateHeader(header)
		if err != nil {
			return nil, fmt.Errorf("add %s: %w", name, err)
		}
		if err := add(ctx, out, paths[name]); err != nil {
			return nil, fmt.Errorf("add %s: %w", name, err)
		}
		headers = append(headers, header)
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	// The sizes are known only now: zip.Writer fills them in when an entry is complete.
	files := make([]File, len(headers))
	for i, h := range headers {
		files[i] = File{Name: h.Name, Size: int64(h.UncompressedSize64), Compressed: int64(h.CompressedSize64)}
	}
	return files, nil
}

func add(ctx context.Context, out io.Writer, path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.Copy(out, reader{ctx, in})
	return err
}

// checkLimit returns a *LimitError if Lambda would refuse the archive.
func checkLimit(zipPath string, paths map[string]string) error {
	var files []File
	for _, name := range slices.Sorted(maps.Keys(paths)) {
		info, err := os.Stat(paths[name])
		if err != nil {
			return err
		}
		files = append(files, File{Name: name, Size: info.Size()})
	}
	return CheckLimit(zipPath, files)
}

// entry returns the header of a file. Nothing in it depends on where or when the file was made.
func entry(name string, staged fs.FileMode) *zip.FileHeader {
	header := &zip.FileHeader{Name: name, Method: zip.Deflate}
	// 1980-01-01 00:00, the format's oldest, in its own terms: setting Modified would add an
	// extended timestamp to every entry.
	//lint:ignore SA1019 only with this field are there no extra fields
	header.ModifiedDate = 1<<5 | 1
	header.SetMode(mode(name, staged))
	return header
}

// mode returns the permissions in the archive. Lambda runs functions as another user, so everything must be readable
// by others. What its owner may execute stays executable; not every system has this permission, so names count, too.
func mode(name string, staged fs.FileMode) fs.FileMode {
	base := name[strings.LastIndexByte(name, '/')+1:]
	if staged&0o100 != 0 || strings.HasPrefix(name, "bin/") ||
		strings.HasSuffix(base, ".so") || strings.Contains(base, ".so.") {
		return 0o755
	}
	return 0o644
}

// outside returns an error if the archive would be packed into itself.
func outside(dir, zipPath string) error {
	from, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	to, err := filepath.Abs(zipPath)
	if err != nil {
		return err
	}
	if relative, err := filepath.Rel(from, to); err == nil && filepath.IsLocal(relative) {
		return fmt.Errorf("the archive would be part of itself: write it outside %s", dir)
	}
	return nil
}

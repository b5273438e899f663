package site

import (
	"bytes"
	"crypto/md5" //nolint:gosec // S3 identifies the content of objects by it
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// File is an object of a site.
type File struct {
	Key          string // path from the site's root
	Path         string // on this machine; empty means that it is Content
	Content      []byte
	Size         int64
	MD5          string // in hex
	ContentType  string
	CacheControl string
}

// Open returns the content.
func (f File) Open() (content io.ReadSeekCloser, err error) {
	if f.Path == "" {
		return inMemory{bytes.NewReader(f.Content)}, nil
	}
	return os.Open(f.Path)
}

// IsPage reports whether the file refers to others.
func (f File) IsPage() bool {
	return strings.HasPrefix(f.ContentType, "text/html") || f.Key == Manifest
}

// HasChanged reports whether the content is not what was measured.
func (f File) HasChanged() bool {
	now, err := f.Measured()
	return errors.Is(err, fs.ErrNotExist) || err == nil && now.MD5 != f.MD5
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// Measured returns the file with the size and the sum of its content.
func (f File) Measured() (File, error) {
	content, err := f.Open()
	if err != nil {
		return f, err
	}
	defer func() { _ = content.Close() }()
	hash := md5.New() //nolint:gosec // see above
	if f.Size, err = io.Copy(hash, content); err != nil {
		return f, fmt.Errorf("read %s: %w", f.Path, err)
	}
	f.MD5 = hex.EncodeToString(hash.Sum(nil))
	return f, nil
}

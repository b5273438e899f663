package discover

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/go-sparta/sparta/internal/discovery"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta"
)

// Package is a zip with what functions for edge locations know.
type Package struct {
	Path   string
	SHA256 string // in hex
	Size   int64  // in bytes
}

// Pack returns a copy of a package, in a folder of the workspace, that also has what functions know, by their names.
// The same content results in the same bytes.
func Pack(known map[string]*sparta.DiscoveryInfo, packed, workspace string) (*Package, error) {
	content, err := plainjson.Marshal(known)
	if err != nil {
		return nil, err
	}
	result := &Package{Path: filepath.Join(workspace, "edge", filepath.Base(packed))}
	source, err := zip.OpenReader(packed)
	if err != nil {
		return nil, fmt.Errorf("read package: %w", err)
	}
	defer source.Close()
	if err := os.MkdirAll(filepath.Dir(result.Path), 0o755); err != nil {
		return nil, fmt.Errorf("add %s to the package: %w", discovery.File, err)
	}
	hash := sha256.New()
	err = files.Replace(result.Path, func(w io.Writer) error {
		return copyWith(io.MultiWriter(w, hash), &source.Reader, content)
	})
	if err != nil {
		return nil, fmt.Errorf("add %s to the package: %w", discovery.File, err)
	}
	written, err := os.Stat(result.Path)
	if err != nil {
		return nil, fmt.Errorf("read package: %w", err)
	}
	result.SHA256, result.Size = hex.EncodeToString(hash.Sum(nil)), written.Size()
	return result, nil
}

// copyWith copies a zip, without compressing its files again, and adds the content.
func copyWith(w io.Writer, source *zip.Reader, content []byte) error {
	target := zip.NewWriter(w)
	for _, file := range source.File {
		if file.Name == discovery.File {
			return errors.New("the package already has a file of this name: rename it")
		}
		if err := target.Copy(file); err != nil {
			return err
		}
	}
	header := &zip.FileHeader{
		Name: discovery.File, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	header.SetMode(0o644)
	added, err := target.CreateHeader(header)
	if err != nil {
		return err
	}
	if _, err := added.Write(content); err != nil {
		return err
	}
	return target.Close()
}

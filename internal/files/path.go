// Package files has small functions for paths and files.
package files

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Absolute joins a path to a folder unless it is absolute already.
func Absolute(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// Under reports whether a path is a folder or lies below it.
func Under(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// Shown returns a path as a user in the folder dir would type it.
func Shown(dir, path string) string {
	if rel, err := filepath.Rel(dir, path); err == nil && !strings.HasPrefix(rel, "..") {
		if here, err := os.Getwd(); err == nil && here == dir {
			return rel
		}
	}
	return path
}

// FromHere is a path as a person would type it in the working directory.
func FromHere(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	relative, err := filepath.Rel(here, path)
	if err != nil || !filepath.IsLocal(relative) {
		return path
	}
	return relative
}

// WithDiskAdvice adds what to do to the error of a full disk. It returns other errors unchanged.
func WithDiskAdvice(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("%w: free some space there and build again", err)
	}
	return err
}

// IsDangling reports whether a path is a symbolic link to nothing.
func IsDangling(path string) bool {
	_, err := os.Lstat(path)
	return err == nil && !Exists(path)
}

// IsFile reports whether a path is a regular file or a link to one.
func IsFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Exists reports whether a path, after following links, exists.
func Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Existing returns the paths that exist, sorted.
func Existing(paths []string) []string {
	var found []string
	for _, path := range paths {
		if Exists(path) {
			found = append(found, path)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

package archive

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/crypto/blake2b"
)

// IsIntact reports whether an archive still has its checksum, and the folder that it was packed from still has
// its files, by their names and sizes.
func IsIntact(path, checksum, dir string) bool {
	return Sum(path) == checksum && sameFiles(path, dir)
}

func sameFiles(path, dir string) bool {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return false
	}
	defer archive.Close()
	for _, file := range archive.File {
		info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(file.Name)))
		if err != nil || uint64(info.Size()) != file.UncompressedSize64 {
			return false
		}
	}
	return true
}

// Sum returns the checksum of an archive, as Report has it, or "" if it cannot be read.
func Sum(path string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	sum, err := blake2b.New256(nil)
	if err != nil {
		return ""
	}
	if _, err := io.Copy(sum, file); err != nil {
		return ""
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

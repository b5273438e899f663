package packages

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
)

// SHA256 returns a file's SHA-256 in hex, as in a PackageLocation.
func SHA256(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read package: %w", err)
	}
	defer func() { _ = file.Close() }()
	sum, _, err := sumOf(file)
	if err != nil {
		return "", fmt.Errorf("read package: %w", err)
	}
	return hex.EncodeToString(sum[:]), nil
}

// sumOf returns the SHA-256 and the number of the bytes that r holds.
func sumOf(r io.Reader) (sum [sha256.Size]byte, size int64, err error) {
	hash := sha256.New()
	if size, err = io.Copy(hash, r); err != nil {
		return sum, size, err
	}
	return [sha256.Size]byte(hash.Sum(nil)), size, nil
}

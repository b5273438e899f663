package chores

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// passRecord is a file that says which packages, with which files, last passed a check for a system.
type passRecord struct {
	path string
	sum  string // of everything that the result of the check depends on
}

// newPassRecord returns the record of packages in a folder; empty means sparta/types in the user's cache folder.
func newPassRecord(folder, system string, packages []listedPackage) (passRecord, error) {
	if folder == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return passRecord{}, fmt.Errorf("%w; set HOME", err)
		}
		folder = filepath.Join(cache, "sparta", "types")
	}
	hash := sha256.New()
	fmt.Fprintln(hash, runtime.Version(), runtime.GOARCH)
	encoder := json.NewEncoder(hash)
	for _, p := range packages {
		if err := encoder.Encode(p); err != nil {
			return passRecord{}, err
		}
		for _, name := range p.GoFiles {
			content, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				return passRecord{}, err
			}
			fmt.Fprintln(hash, len(content))
			hash.Write(content)
		}
	}
	return passRecord{filepath.Join(folder, system), hex.EncodeToString(hash.Sum(nil))}, nil
}

// matches reports whether exactly these packages and files were the last to pass.
func (r passRecord) matches() bool {
	last, err := os.ReadFile(r.path)
	return err == nil && string(last) == r.sum
}

// write records that the packages have passed.
func (r passRecord) write() error {
	if err := os.MkdirAll(filepath.Dir(r.path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(r.path, []byte(r.sum), 0o644)
}

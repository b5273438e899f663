package spartamage

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/workspace"
)

// record is build.json: what the workspace's zip was made from and what it is.
type record struct {
	Fingerprint string
	Artifact    Artifact
}

// remember says that the artifact is that of the fingerprint.
func remember(w workspace.Dir, sum string, artifact Artifact) error {
	content, err := json.MarshalIndent(record{sum, artifact}, "", "\t")
	if err != nil {
		return fmt.Errorf("record the build: %w", err)
	}
	if err := files.Write(w.Record(), append(content, '\n')); err != nil {
		return w.Unwritable(err)
	}
	return nil
}

// forget makes the next build start over.
func forget(w workspace.Dir) error {
	if err := os.Remove(w.Record()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return w.Unwritable(err)
	}
	return nil
}

// unchanged gives the artifact of an earlier build from the same input, unless
// something has altered it since.
func unchanged(w workspace.Dir, sum string) *Artifact {
	content, err := os.ReadFile(w.Record())
	if err != nil {
		return nil
	}
	var last record
	if err := json.Unmarshal(content, &last); err != nil || last.Fingerprint != sum {
		return nil
	}
	if !whole(last.Artifact) {
		return nil
	}
	return &last.Artifact
}

// whole reports whether a package is as its build has left it.
func whole(a Artifact) bool {
	return sumFile(a.Zip) == a.SHA256 && sameFiles(a.Zip, a.Stage)
}

// sameFiles reports whether a folder has the files of a zip, by their names and
// sizes: local runs take the folder for the zip's content.
func sameFiles(zipped, dir string) bool {
	archive, err := zip.OpenReader(zipped)
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

func sumFile(path string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

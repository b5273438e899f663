package gosource

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/files"
)

// RefusePipes returns an error if something in a folder has the name of a source, but is a named pipe, a socket or a
// device. The go command would read it: from a pipe, until somebody writes to it.
func RefusePipes(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil // the go command reports it
	}
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if !IsSource(entry.Name()) && !isTest(entry.Name()) {
			continue
		}
		if kind := pipeKind(path, entry); kind != "" {
			return fmt.Errorf("%s is %s, not a file, and the go command would try to read it: "+
				"rename or remove it", path, kind)
		}
	}
	return nil
}

// pipeKind describes what is neither a file nor a folder, nor a link to one. It returns nothing for those.
func pipeKind(path string, entry fs.DirEntry) string {
	mode := entry.Type()
	if mode&fs.ModeSymlink != 0 {
		info, err := os.Stat(path)
		if err != nil {
			return ""
		}
		mode = info.Mode()
	}
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return ""
}

// refusePipes is RefusePipes for the folders that the go command will read, as far as they are known.
func (m *Memory) refusePipes(opts ListOptions) error {
	folder := files.Absolute(opts.Dir, opts.Package)
	if IsFile(opts.Package) {
		folder = filepath.Dir(folder)
	}
	folders := []string{folder}
	if app := m.findings.App; app != nil {
		for _, p := range app.Packages {
			if !files.Under(p.Dir, app.ModCache) {
				folders = append(folders, p.Dir)
			}
		}
	}
	for _, folder := range folders {
		if err := RefusePipes(folder); err != nil {
			return err
		}
	}
	return nil
}

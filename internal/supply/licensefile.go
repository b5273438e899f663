package supply

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// licenseFile is a file with a license, a notice or the names of authors.
type licenseFile struct {
	Name string // of the file
	Text string
}

// noticeNames are how the names of such files begin.
var noticeNames = []string{"LICENSE", "LICENCE", "UNLICENSE", "COPYING", "COPYRIGHT", "NOTICE", "PATENTS"}

// largestLicense is more than any license has. What is larger has a license's name by accident.
const largestLicense = 1 << 20

// isNotice reports whether a file of this name has a license: LICENSE, LICENSE-MIT.txt, COPYING.md, but not license.go.
func isNotice(name string) bool {
	name = strings.ToUpper(name)
	for _, start := range noticeNames {
		rest, ok := strings.CutPrefix(name, start)
		if !ok || rest != "" && !strings.ContainsAny(rest[:1], ".-_") {
			continue
		}
		switch filepath.Ext(name) {
		case ".GO", ".PY", ".C", ".H", ".S", ".JSON", ".TMPL":
			return false
		}
		return true
	}
	return false
}

// licenseFiles reads the licenses in a folder. A folder that does not exist has none.
func licenseFiles(dir string) []licenseFile {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var found []licenseFile
	for _, entry := range entries {
		if !isNotice(entry.Name()) {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, entry.Name()))
		if err != nil || !info.Mode().IsRegular() || info.Size() > largestLicense {
			continue
		}
		if text := readText(filepath.Join(dir, entry.Name())); text != "" {
			found = append(found, licenseFile{entry.Name(), text})
		}
	}
	return found
}

// licenseFilesBelow reads the licenses in a folder and those below it.
func licenseFilesBelow(dir string) []licenseFile {
	var found []licenseFile
	_ = fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			found = append(found, licenseFiles(filepath.Join(dir, filepath.FromSlash(name)))...)
		}
		return nil // what cannot be read is not there
	})
	return found
}

// readText reads a text with the line ends of every system, or "" if it cannot be read.
func readText(path string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	text := strings.ReplaceAll(string(files.Text(content)), "\r\n", "\n")
	lines := strings.Split(strings.ToValidUTF8(text, "\uFFFD"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\f\r")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

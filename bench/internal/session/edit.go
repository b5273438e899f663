package session

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Edit replaces a text in a file of the module, which keeps the original beside it.
func (m Module) Edit(name, text, by string) error {
	if err := m.Restore(name); err != nil {
		return err
	}
	path := filepath.Join(m.Dir, filepath.FromSlash(name))
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if strings.Count(string(content), text) != 1 {
		return fmt.Errorf("%s does not have %q once", name, text)
	}
	if err := os.WriteFile(path+original, content, 0o644); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(strings.Replace(string(content), text, by, 1)), 0o644)
}

// Restore undoes an edit, if there was one.
func (m Module) Restore(name string) error {
	path := filepath.Join(m.Dir, filepath.FromSlash(name))
	if err := os.Rename(path+original, path); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

const original = ".original"

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// edit replaces a text in a file of the module, which keeps the original beside it.
func (m module) edit(name, text, by string) error {
	if err := m.restore(name); err != nil {
		return err
	}
	path := filepath.Join(m.dir, filepath.FromSlash(name))
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

// restore undoes an edit, if there was one.
func (m module) restore(name string) error {
	path := filepath.Join(m.dir, filepath.FromSlash(name))
	if err := os.Rename(path+original, path); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

const original = ".original"

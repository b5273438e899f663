package spartamage

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"path/filepath"
	"strings"

	"github.com/magefile/mage/mg"
)

// Log logs with the format of fmt.Printf if mage is verbose.
func Log(formatSpecifier string, args ...any) {
	if mg.Verbose() {
		log.Printf(formatSpecifier, args...)
	}
}

// Script runs commands, each a name with its arguments, until one fails.
func Script(commands [][]string) error {
	for i, each := range commands {
		if len(each) == 0 {
			return fmt.Errorf("command %d of the script is empty: write its name and its arguments", i+1)
		}
		if err := command(each[0], each[1:]...); err != nil {
			return fmt.Errorf("%s: %w", strings.Join(each, " "), err)
		}
	}
	return nil
}

// ApplyToSource runs a command for each file with an extension, such as go, below this folder. The file's path is its
// last argument. Files and folders whose paths contain one of the texts to ignore are left out.
func ApplyToSource(fileExtension string, ignoredGlobs []string, commandParts ...string) error {
	if len(commandParts) == 0 {
		return errors.New("no command to apply: write its name and its arguments")
	}
	suffix := "." + strings.TrimPrefix(fileExtension, ".")
	return filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != suffix || isIgnored(path, ignoredGlobs) {
			return err
		}
		return command(commandParts[0], append(commandParts[1:len(commandParts):len(commandParts)], path)...)
	})
}

func isIgnored(path string, ignored []string) bool {
	for _, each := range ignored {
		matched, err := filepath.Match(each, filepath.Base(path))
		if err == nil && matched || strings.Contains(path, each) {
			return true
		}
	}
	return false
}

package programs

import (
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// magefiles is the folder in which mage looks for magefiles, beside an application.
const magefiles = "magefiles"

// OwnModule reports whether the magefile of the application in a folder is in a module of its own.
func OwnModule(dir string) bool { return files.IsFile(filepath.Join(dir, magefiles, "go.mod")) }

// MageCommand returns the command that runs mage for the application in a folder. Targets follow it. Mage looks for the
// packages that a magefile imports in the current folder, which therefore has to be that of the magefile's module.
func MageCommand(dir string) []string {
	if OwnModule(dir) {
		return []string{"go", "-C", magefiles, "tool", "mage", "-d", ".", "-w", ".."}
	}
	return []string{"go", "tool", "mage"}
}

// InvokeCommand returns the command that invokes the function of the application in a folder: with the event that
// `sparta new` has written, if there is one, because few functions accept {}.
func InvokeCommand(dir string) string {
	event := "-event='{}'"
	if example := "events/example.json"; files.IsFile(filepath.Join(dir, filepath.FromSlash(example))) {
		event = `"-event=@` + example + `"`
	}
	return strings.Join(append(MageCommand(dir), "cgo:invoke", event), " ")
}

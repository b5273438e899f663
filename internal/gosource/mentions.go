package gosource

import (
	"bytes"
	"os"
)

// Mentions reports whether the application's own sources contain a text.
func (a *Application) Mentions(text string) bool {
	for _, p := range a.Packages {
		if !a.Local(p) {
			continue
		}
		for _, path := range p.Sources() {
			content, err := os.ReadFile(a.Overlay.Path(path))
			if err == nil && bytes.Contains(content, []byte(text)) {
				return true
			}
		}
	}
	return false
}

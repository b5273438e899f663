package naming

import (
	"strings"
	"unicode"
)

// maxName leaves room for what is added to a name: file systems allow 255 bytes.
const maxName = 200

// IsFile reports whether a name is empty, or is a valid file name on any system.
func IsFile(name string) bool {
	return len(name) <= maxName && !strings.HasPrefix(name, ".") && strings.TrimSpace(name) == name &&
		!strings.ContainsFunc(name, func(r rune) bool {
			return unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r)
		})
}

// Package logicalid makes parts of the logical IDs of a template, which are letters and digits.
package logicalid

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Words returns the words of a name, each capitalized: HelloWorld for hello_world.
func Words(name string) string {
	var id strings.Builder
	for word := range strings.FieldsFuncSeq(name, func(c rune) bool { return !allowed(c) }) {
		id.WriteString(Capitalized(word))
	}
	return id.String()
}

// Letters returns only the letters and digits of a text.
func Letters(text string) string {
	return strings.Map(func(c rune) rune {
		if allowed(c) {
			return c
		}
		return -1
	}, text)
}

// Capitalized returns a text with a capital at its beginning.
func Capitalized(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// Sum returns eight hex digits that identify a text.
func Sum(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:4])
}

func allowed(c rune) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

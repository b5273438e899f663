// Package longvariable passes a text to a child process through the environment, however long it is: Linux limits an
// environment variable to 128 KiB, and Windows to 32,767 characters.
package longvariable

import (
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

const pieceSize = 30_000 // bytes

// Entries returns the entries of an environment (NAME=value) that hold a text: name, name_1, name_2 and so on. The
// last is empty, so that a variable of the parent's environment never continues the text.
func Entries(name, text string) []string {
	var entries []string
	for i := 0; ; i++ {
		size := min(pieceSize, len(text))
		for size < len(text) && size > pieceSize-utf8.UTFMax && !utf8.RuneStart(text[size]) {
			size-- // Windows converts each variable to UTF-16
		}
		entries = append(entries, piece(name, i)+"="+text[:size])
		if size == 0 {
			return entries
		}
		text = text[size:]
	}
}

// Lookup returns the text that the environment holds under a name, and whether the variable of that name exists.
func Lookup(name string) (text string, ok bool) {
	first, ok := os.LookupEnv(name)
	var all strings.Builder
	for i, value := 1, first; value != ""; i++ {
		all.WriteString(value)
		value = os.Getenv(piece(name, i))
	}
	return all.String(), ok
}

// Unset removes a text from the environment.
func Unset(name string) error {
	for i := 0; ; i++ {
		if _, ok := os.LookupEnv(piece(name, i)); !ok {
			return nil
		}
		if err := os.Unsetenv(piece(name, i)); err != nil {
			return err
		}
	}
}

// piece returns the name of the variable that holds piece i, counted from 0.
func piece(name string, i int) string {
	if i == 0 {
		return name
	}
	return name + "_" + strconv.Itoa(i)
}

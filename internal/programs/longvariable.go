package programs

import (
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

// LongVariable is the name of an environment variable that passes a text to a child process, however long the text is:
// Linux limits a variable to 128 KiB, and Windows to 32,767 characters. Where that is too short, NAME_1, NAME_2 and so
// on continue it.
type LongVariable string

const pieceSize = 30_000 // bytes

// Entries returns the entries of an environment (NAME=value) that hold a text. The last is empty, so that a variable of
// the parent's environment never continues the text.
func (v LongVariable) Entries(text string) []string {
	var entries []string
	for i := 0; ; i++ {
		size := min(pieceSize, len(text))
		for size < len(text) && size > pieceSize-utf8.UTFMax && !utf8.RuneStart(text[size]) {
			size-- // Windows converts each variable to UTF-16
		}
		entries = append(entries, v.piece(i)+"="+text[:size])
		if size == 0 {
			return entries
		}
		text = text[size:]
	}
}

// Lookup returns the text that the environment holds, and whether the variable exists.
func (v LongVariable) Lookup() (text string, ok bool) {
	first, ok := os.LookupEnv(string(v))
	var all strings.Builder
	for i, value := 1, first; value != ""; i++ {
		all.WriteString(value)
		value = os.Getenv(v.piece(i))
	}
	return all.String(), ok
}

// Unset removes the text from the environment.
func (v LongVariable) Unset() error {
	for i := 0; ; i++ {
		if _, ok := os.LookupEnv(v.piece(i)); !ok {
			return nil
		}
		if err := os.Unsetenv(v.piece(i)); err != nil {
			return err
		}
	}
}

// piece returns the name of the variable that holds piece i, counted from 0.
func (v LongVariable) piece(i int) string {
	if i == 0 {
		return string(v)
	}
	return string(v) + "_" + strconv.Itoa(i)
}

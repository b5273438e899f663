package elfcheck

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode"
	"unicode/utf8"
)

// open opens an ELF file. For any other file, it returns an error that says what the file is.
func open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	// Opening a named pipe would wait for a writer.
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("it is not a regular file (%s)", info.Mode().Type())
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		file.Close()
		return nil, err
	}
	if !bytes.HasPrefix(head[:n], []byte(magic)) {
		file.Close()
		return nil, fmt.Errorf("it is %s", describe(head[:n]))
	}
	return file, nil
}

// describe returns what kind of file begins with head, which is not an ELF file, and what to do about it.
func describe(head []byte) string {
	const linux = ": Lambda runs Linux; build with SPARTA_GOOS=linux (in a container: SPARTA_BUILDER=docker)"
	const shared = ": build with -buildmode=c-shared"
	starts := func(magics ...string) bool {
		for _, magic := range magics {
			if bytes.HasPrefix(head, []byte(magic)) {
				return true
			}
		}
		return false
	}
	switch {
	case len(head) == 0:
		return "empty: the build did not finish; build again"
	case starts("\xcf\xfa\xed\xfe", "\xce\xfa\xed\xfe", "\xfe\xed\xfa\xcf", "\xfe\xed\xfa\xce", "\xca\xfe\xba\xbe"):
		return "a Mach-O file, built for macOS" + linux
	case starts("MZ"):
		return "a PE file, built for Windows" + linux
	case starts("\x00asm"):
		return "WebAssembly" + linux
	case starts("!<arch>\n"):
		return "a static archive (ar)" + shared
	case isText(head):
		return "text, not a shared library" + shared
	}
	return "not an ELF file" + shared
}

// isText reports whether head is UTF-8 without control characters other than white space. It may end within a
// character.
func isText(head []byte) bool {
	for len(head) > 0 {
		r, size := utf8.DecodeRune(head)
		if r == utf8.RuneError && size == 1 {
			return !utf8.FullRune(head)
		}
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return false
		}
		head = head[size:]
	}
	return true
}

package stage

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// goexit is the entry of runtime.Goexit in a library's table of function names. The linker leaves the function out if
// nothing calls it. In a library that has it, each call needs its own goroutine, which the function may end.
var goexit = []byte("\x00runtime.Goexit\x00")

// contains reports whether a file contains the text.
func contains(path string, text []byte) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	buffer := make([]byte, 1<<20)
	kept := 0 // bytes of the previous part, in which the text may begin
	for {
		n, err := io.ReadFull(file, buffer[kept:])
		part := buffer[:kept+n]
		switch {
		case bytes.Contains(part, text):
			return true, nil
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return false, nil
		case err != nil:
			return false, err
		}
		kept = copy(buffer, part[len(part)-len(text)+1:])
	}
}
